// Two ConvLSTM layers and a convolution to one map of risk, each step of a layer in one pass: a trial beside the benchmarks, part of no
// package. benchmarks/fused-step.sh builds and runs it.
//
//     fused-step FOLDER HIDDEN WAY BATCH THREADS
//
// WAY is float32, bfloat16, bytes or peak. FOLDER holds weights.bin and maps.bin, float32, as the benchmark program writes them
// (benchmarks/HotspotInference.Benchmarks/Harness/PeerFiles.cs), and gets the risk, WAY.bin. The risk of the first and the last window has
// to be that of a slow loop in double precision, or the program ends with 1. It writes the mean of the risk, then answers each line with a
// number of calls by their seconds a call, as its peers do; a call of peak multiplies and adds in registers alone, in float32, as often as
// the network's convolutions.
#include <atomic>
#include <chrono>
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "convlstm.hpp"

namespace
{
constexpr int Steps = 16, Layers = 2, Window = Steps * Cells;

[[noreturn]] void Fail(const std::string& message)
{
    std::cerr << message << std::endl;
    std::exit(1);
}

std::vector<float> Read(const std::string& file)
{
    std::ifstream stream(file, std::ios::binary | std::ios::ate);
    if (!stream)
        Fail(file + ": cannot be read; expected numbers of the benchmark program.");
    std::vector<float> values(stream.tellg() / sizeof(float));
    stream.seekg(0);
    stream.read(reinterpret_cast<char*>(values.data()), values.size() * sizeof(float));
    return values;
}

struct Weights
{
    std::vector<float> values;
    int hidden;

    LayerWeights Layer(int layer) const
    {
        int first = 4 * hidden * ((1 + hidden) * 9 + 1), channels = layer == 0 ? 1 : hidden;
        const float* kernels = values.data() + (layer == 0 ? 0 : first);
        return {kernels, kernels + 4 * hidden * (channels + hidden) * 9, hidden, channels};
    }

    float Head(int channel, int row, int column) const { return (values.end() - hidden * 9)[(channel * 3 + row) * 3 + column]; }

    // Multiplications and additions of the convolutions for one window, as a textbook network has them: a state of zeros is convolved too.
    double Flop() const { return 2.0 * Cells * 9 * (Steps * (1 + 3.0 * hidden) * 4 * hidden + hidden); }
};

// Threads wait for each other awake: between two steps there is no time to sleep.
class Barrier
{
public:
    explicit Barrier(int threads) : _threads(threads) {}

    void Wait()
    {
        int round = _arrived.fetch_add(1) / _threads;
        while (_arrived.load() < (round + 1) * _threads)
            _mm_pause();
    }

private:
    const int _threads;
    alignas(64) std::atomic<int> _arrived = 0;
};

// What is measured. Run is called by each of some threads, which share windows or, where there is but one, its rows.
struct Measured
{
    virtual ~Measured() = default;
    virtual void Run(const float* maps, float* risk, int batch, Part thread, Barrier& barrier) = 0;
    // How far the risk may be off; 0 where there is none.
    double bound = 0;
};

template <class Format, int Hidden>
class Network final : public Measured
{
    using Element = typename Format::Element;

public:
    Network(const Weights& weights, int threads) : _first(weights.Layer(0)), _second(weights.Layer(1))
    {
        bound = Format::Bound;
        for (int row = 0; row < 3; row++)
        for (int k = 0; k < 3 * Hidden; k++)
            _head.At(row * HeadWidth)[k] = weights.Head(k % Hidden, row, k / Hidden);
        for (int i = 0; i < threads; i++)
            _memory.push_back(std::make_unique<Memory>());
    }

    void Run(const float* maps, float* risk, int batch, Part thread, Barrier& barrier) override
    {
        if (batch == 1)
            return Forecast(maps, risk, *_memory[0], thread, [&] { barrier.Wait(); });
        for (int window = thread.Begin(batch); window < thread.End(batch); window++)
            Forecast(maps + window * Window, risk + window * Cells, *_memory[thread.index], {0, 1}, [] {});
    }

private:
    static constexpr int HeadWidth = (3 * Hidden + Lanes - 1) / Lanes * Lanes;

    // States take turns, since the neighbours' of the step before are still needed.
    struct Memory
    {
        Buffer<Element> frames{Steps * Edge * Edge}, states[Layers][2]{{State(), State()}, {State(), State()}};
        Buffer<float> cells[Layers]{Buffer<float>(Cells * Hidden), Buffer<float>(Cells * Hidden)};
        static Buffer<Element> State() { return Buffer<Element>(Edge * Edge * Hidden, Format::Zero); }
    };

    template <class Together>
    void Forecast(const float* maps, float* risk, Memory& memory, Part part, Together together) const
    {
        for (int t = part.Begin(Steps); t < part.End(Steps); t++)
        for (int at = 0; at < Cells; at++)
            memory.frames.At(t * Edge * Edge)[(at / Side + 1) * Edge + at % Side + 1] = Format::Frame(maps[t * Cells + at]);
        for (Buffer<float>& cells : memory.cells)
            std::fill(cells.At(part.Begin(Cells) * Hidden), cells.At(part.End(Cells) * Hidden), 0.0F);
        together();
        for (int t = 0; t < Steps; t++)
        {
            auto state = [&](int layer, int step) { return step < 0 ? nullptr : memory.states[layer][step % 2].At(0); };
            _first.Step(memory.frames.At(t * Edge * Edge), state(0, t - 1), memory.cells[0].At(0), state(0, t), part);
            together();
            _second.Step(state(0, t), state(1, t - 1), memory.cells[1].At(0), state(1, t), part);
            together();
        }
        for (int at = part.Begin(Cells); at < part.End(Cells); at++)
        {
            const Element* corner = memory.states[1][(Steps - 1) % 2].At((at / Side * Edge + at % Side) * Hidden);
            __m512 sums = _mm512_setzero_ps();
            for (int row = 0; row < 3; row++)
            for (int k = 0; k < HeadWidth; k += Lanes)
                sums = _mm512_fmadd_ps(Format::Load(corner + row * Edge * Hidden + k), _mm512_load_ps(_head.At(row * HeadWidth + k)), sums);
            risk[at] = 1 / (1 + std::exp(-_mm512_reduce_add_ps(sums)));
        }
        together();
    }

    Layer<Format, Hidden, 1> _first;
    Layer<Format, Hidden, Hidden> _second;
    Buffer<float> _head{3 * HeadWidth};
    std::vector<std::unique_ptr<Memory>> _memory;
};

class Peak final : public Measured
{
public:
    explicit Peak(double flop) : _flop(flop) {}

    void Run(const float* maps, float*, int batch, Part thread, Barrier&) override
    {
        constexpr int Chains = 24;
        __m512 sums[Chains], factor = _mm512_set1_ps(maps[0] * 1e-3F);
        Unroll<Chains>([&](auto i) INLINE { sums[i] = factor; });
        for (auto left = static_cast<long>(_flop * batch / thread.count / (2 * Lanes * Chains)); left > 0; left--)
        {
            Unroll<Chains>([&](auto i) INLINE {
                sums[i] = _mm512_fmadd_ps(sums[i], factor, factor);
                // The compiler is not to know what it could leave out.
                asm volatile("" : "+v"(sums[i]));
            });
        }
    }

private:
    double _flop;
};

// The same network as a book has it, in double precision.
std::vector<double> Slowly(const Weights& weights, const float* maps)
{
    const int hidden = weights.hidden;
    auto sigmoid = [](double x) { return 1 / (1 + std::exp(-x)); };
    auto convolve = [](const double* map, auto kernel, double* sums) {
        for (int row = -1; row <= 1; row++)
        for (int column = -1; column <= 1; column++)
        for (int y = std::max(0, -row); y < std::min(Side, Side - row); y++)
        for (int x = std::max(0, -column); x < std::min(Side, Side - column); x++)
            sums[y * Side + x] += map[(y + row) * Side + x + column] * kernel(row + 1, column + 1);
    };
    std::vector<double> below(maps, maps + Window);
    for (int layer = 0; layer < Layers; layer++)
    {
        LayerWeights given = weights.Layer(layer);
        std::vector<double> states(hidden * Window), cells(hidden * Cells);
        for (int t = 0; t < Steps; t++)
        for (int channel = 0; channel < hidden; channel++)
        {
            std::vector<double> gates[4];
            for (int gate = 0; gate < 4; gate++)
            {
                const int output = gate * hidden + channel;
                gates[gate].assign(Cells, given.biases[output]);
                for (int input = 0; input < given.channels + (t > 0 ? hidden : 0); input++)
                {
                    const double* map = input < given.channels ? &below[(t * given.channels + input) * Cells]
                        : &states[((t - 1) * hidden + input - given.channels) * Cells];
                    convolve(map, [&](int row, int column) { return given.Kernel(output, input, row, column); }, gates[gate].data());
                }
            }
            for (int at = 0; at < Cells; at++)
            {
                double& c = cells[channel * Cells + at];
                c = sigmoid(gates[1][at]) * c + sigmoid(gates[0][at]) * std::tanh(gates[3][at]);
                states[(t * hidden + channel) * Cells + at] = sigmoid(gates[2][at]) * std::tanh(c);
            }
        }
        below = states;
    }
    std::vector<double> risk(Cells);
    for (int channel = 0; channel < hidden; channel++)
    {
        const double* last = &below[((Steps - 1) * hidden + channel) * Cells];
        convolve(last, [&](int row, int column) { return weights.Head(channel, row, column); }, risk.data());
    }
    std::transform(risk.begin(), risk.end(), risk.begin(), sigmoid);
    return risk;
}

// How far off the gates are at most, of sums up to 30 and cell states up to 15, beyond which nothing changes or can be reached in a window.
double GateError()
{
    double most = 0;
    std::mt19937 random(1);
    for (int round = 0; round < 20000; round++)
    {
        // Sums from tiny to large ones.
        float sums[4][Lanes], cells[Lanes], after[Lanes], states[Lanes], reach = 30 * std::pow(0.5F, static_cast<float>(round % 10));
        std::uniform_real_distribution<float> wide(-reach, reach), cell(-reach / 2, reach / 2);
        for (int lane = 0; lane < Lanes; lane++)
        {
            for (auto& sum : sums)
                sum[lane] = wide(random);
            cells[lane] = cell(random);
        }
        auto sum = [&](int gate) { return _mm512_loadu_ps(sums[gate]) * _mm512_set1_ps(gate == 3 ? TangentScale : SigmoidScale); };
        __m512 c = _mm512_loadu_ps(cells);
        _mm512_storeu_ps(states, Gates(sum(0), sum(1), sum(2), sum(3), c));
        _mm512_storeu_ps(after, c);
        for (int lane = 0; lane < Lanes; lane++)
        {
            auto sigmoid = [&](int gate) { return 1 / (1 + std::exp(-static_cast<double>(sums[gate][lane]))); };
            double news = sigmoid(1) * cells[lane] + sigmoid(0) * std::tanh(static_cast<double>(sums[3][lane]));
            // A cell state keeps its digits: its error is relative where it is large.
            double error = std::abs(after[lane] - news) / std::max(1.0, std::abs(news));
            most = std::max({most, error, std::abs(states[lane] - sigmoid(2) * std::tanh(news))});
        }
    }
    return most;
}

template <int Hidden>
std::unique_ptr<Measured> Make(const std::string& way, const Weights& weights, int threads)
{
    if (way == "float32")
        return std::make_unique<Network<Float32, Hidden>>(weights, threads);
    if (way == "bfloat16")
        return std::make_unique<Network<BFloat16, Hidden>>(weights, threads);
    if (way == "bytes")
        return std::make_unique<Network<Byte, Hidden>>(weights, threads);
    return way == "peak" ? std::make_unique<Peak>(weights.Flop()) : nullptr;
}
}

int main(int count, char** arguments)
{
    if (count != 6)
        Fail("Expected FOLDER HIDDEN WAY BATCH THREADS.");
    if (!__builtin_cpu_supports("avx512dq") || !__builtin_cpu_supports("avx512vnni") || !__builtin_cpu_supports("avx512bf16"))
        Fail("The processor lacks AVX-512 with VNNI and BF16.");
    const std::string folder = arguments[1], way = arguments[3];
    const int hidden = std::stoi(arguments[2]), batch = std::stoi(arguments[4]), threads = std::stoi(arguments[5]);
    const Weights weights{Read(folder + "/weights.bin"), hidden};
    const std::vector<float> maps = Read(folder + "/maps.bin");
    if (batch < 1 || threads < 1 || maps.size() < static_cast<std::size_t>(batch) * Window)
        Fail("Expected a batch and threads of at least one, and maps for all windows.");
    std::vector<float> risk(batch * Cells);
    std::unique_ptr<Measured> measured = hidden == 8 ? Make<8>(way, weights, threads) : hidden == 16 ? Make<16>(way, weights, threads)
        : hidden == 32 ? Make<32>(way, weights, threads) : nullptr;
    if (!measured)
        Fail("Expected 8, 16 or 32 channels and float32, bfloat16, bytes or peak.");

    auto seconds = [&](int calls) {
        Barrier barrier(threads);
        auto run = [&](int thread) {
            for (int call = 0; call < calls; call++)
            {
                measured->Run(maps.data(), risk.data(), batch, {thread, threads}, barrier);
                barrier.Wait();
            }
        };
        auto start = std::chrono::steady_clock::now();
        std::vector<std::jthread> others;
        for (int thread = 1; thread < threads; thread++)
            others.emplace_back(run, thread);
        run(0);
        others.clear();
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() / calls;
    };

    const double gates = GateError();
    if (!(gates <= 1e-6))
        Fail("Gates are off by " + std::to_string(gates) + "; expected at most 1e-6.");
    seconds(1);
    double most = 0, mean = 0;
    for (int window = 0; window < batch && measured->bound > 0; window += std::max(1, batch - 1))
    {
        std::vector<double> expected = Slowly(weights, &maps[window * Window]);
        for (int at = 0; at < Cells; at++)
        {
            double error = std::abs(risk[window * Cells + at] - expected[at]);
            // Not a number is no number below the bound either.
            if (!(error <= measured->bound))
                Fail(way + ": risk is off by " + std::to_string(error) + "; expected at most " + std::to_string(measured->bound) + ".");
            most = std::max(most, error);
        }
    }
    for (float one : risk)
        mean += one / static_cast<double>(risk.size());
    std::ofstream file(folder + "/" + way + ".bin", std::ios::binary);
    file.write(reinterpret_cast<const char*>(risk.data()), risk.size() * sizeof(float));
    file.close();
    std::cerr << way << ", " << hidden << " channels: at most " << most << " from double precision, gates alone " << gates << std::endl;
    std::cout << mean << std::endl;
    for (int calls; std::cin >> calls;)
        std::cout << seconds(calls) << std::endl;
}

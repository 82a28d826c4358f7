// Two ConvLSTM layers and a convolution to one map of risk, each step one pass: a trial beside the benchmarks, part of no package. benchmarks/fused-step.sh builds and runs it.
//
//     fused-step FOLDER HIDDEN WAY BATCH THREADS
//
// WAY is float32, bfloat16 or peak. FOLDER holds weights.bin, maps.bin and risk.bin, ONNX Runtime's answer, float32, as the benchmark program writes them
// (benchmarks/HotspotInference.Benchmarks/Harness/Fused.cs). The risk of the first and the last window has to be that of a slow loop in double precision and, in float32, of
// ONNX Runtime, or the program ends with 1. It writes the mean of the risk, then answers each line with a number of calls by their seconds a call, as its peers do;
// a call of peak multiplies and adds in registers alone as often as the network's convolutions.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
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

    int Channels(int layer) const { return layer == 0 ? 1 : hidden; }

    LayerWeights Layer(int layer) const
    {
        const float* at = values.data();
        for (int before = 0; before < layer; before++)
            at += 4 * hidden * ((Channels(before) + hidden) * 9 + 1);
        return {at, at + 4 * hidden * (Channels(layer) + hidden) * 9, hidden, Channels(layer)};
    }

    float Head(int channel, int row, int column) const { return (values.end() - hidden * 9)[(channel * 3 + row) * 3 + column]; }
};

// Threads wait for each other awake: between two steps there is no time to sleep.
class Barrier
{
public:
    explicit Barrier(int threads) : _threads(threads) {}

    void Wait()
    {
        int round = _round.load(std::memory_order_acquire);
        if (_arrived.fetch_add(1, std::memory_order_acq_rel) + 1 == _threads)
        {
            _arrived.store(0, std::memory_order_relaxed);
            _round.store(round + 1, std::memory_order_release);
        }
        else
        {
            while (_round.load(std::memory_order_acquire) == round)
                _mm_pause();
        }
    }

private:
    const int _threads;
    alignas(64) std::atomic<int> _arrived = 0;
    alignas(64) std::atomic<int> _round = 0;
};

// What is measured. Run is called by each of some threads; windows are shared among them or, where there is one, its rows.
struct Measured
{
    virtual ~Measured() = default;
    virtual void Run(const float* maps, float* risk, int batch, Part thread, Barrier& barrier) = 0;
};

template <class Format, int Hidden>
class Network final : public Measured
{
    using Element = typename Format::Element;

public:
    Network(const Weights& weights, int threads) : _first(weights.Layer(0)), _second(weights.Layer(1)), _head(3 * HeadWidth)
    {
        for (int row = 0; row < 3; row++)
        for (int k = 0; k < 3 * Hidden; k++)
            _head.At(row * HeadWidth)[k] = weights.Head(k % Hidden, row, k / Hidden);
        for (int i = 0; i < threads; i++)
            _memory.push_back(std::make_unique<Memory>());
    }

    void Run(const float* maps, float* risk, int batch, Part thread, Barrier& barrier) override
    {
        if (batch == 1)
            Forecast(maps, risk, *_memory[0], thread, [&] { barrier.Wait(); });
        else
        {
            for (int window = thread.Begin(batch); window < thread.End(batch); window++)
                Forecast(maps + window * Window, risk + window * Cells, *_memory[thread.index], {0, 1}, [] {});
        }
    }

private:
    static constexpr int HeadWidth = (3 * Hidden + Lanes - 1) / Lanes * Lanes;

    struct Memory
    {
        Buffer<Element> frames = Buffer<Element>(Steps * Edge * Edge);
        // Of a layer: states by turns, since neighbours need the one before, and the cell's.
        Buffer<Element> states[Layers][2] = {{State(), State()}, {State(), State()}};
        Buffer<float> cells[Layers] = {Buffer<float>(Cells * Hidden), Buffer<float>(Cells * Hidden)};
        static Buffer<Element> State() { return Buffer<Element>(Edge * Edge * Hidden); }
    };

    template <class Together>
    void Forecast(const float* maps, float* risk, Memory& memory, Part part, Together together) const
    {
        for (int t = part.Begin(Steps); t < part.End(Steps); t++)
        for (int at = 0; at < Cells; at++)
            memory.frames.At(t * Edge * Edge)[(at / Side + 1) * Edge + at % Side + 1] = Format::Of(maps[t * Cells + at]);
        for (Buffer<float>& cells : memory.cells)
            std::fill(cells.At(part.Begin(Cells) * Hidden), cells.At(part.End(Cells) * Hidden), 0.0F);
        together();
        for (int t = 0; t < Steps; t++)
        {
            auto before = [&](int layer) { return t == 0 ? nullptr : memory.states[layer][(t + 1) % 2].At(0); };
            Element* first = memory.states[0][t % 2].At(0);
            _first.Step(memory.frames.At(t * Edge * Edge), before(0), memory.cells[0].At(0), first, part);
            together();
            _second.Step(first, before(1), memory.cells[1].At(0), memory.states[1][t % 2].At(0), part);
            together();
        }
        const Element* last = memory.states[1][(Steps - 1) % 2].At(0);
        for (int at = part.Begin(Cells); at < part.End(Cells); at++)
        {
            const Element* corner = last + (at / Side * Edge + at % Side) * Hidden;
            __m512 sums = _mm512_setzero_ps();
            for (int row = 0; row < 3; row++)
            for (int k = 0; k < HeadWidth; k += Lanes)
                sums = _mm512_fmadd_ps(Format::Load(corner + row * Edge * Hidden + k), _mm512_load_ps(_head.At(row * HeadWidth + k)), sums);
            risk[at] = 1 / (1 + std::exp(-_mm512_reduce_add_ps(sums)));
        }
        together();
    }

    DirectLayer<Format, Hidden, 1> _first;
    DirectLayer<Format, Hidden, Hidden> _second;
    Buffer<float> _head;
    std::vector<std::unique_ptr<Memory>> _memory;
};

// Multiplications and additions of the convolutions for one window, as a textbook network has them: a state of zeros is convolved too.
double Flop(int hidden) { return 2.0 * Cells * 9 * (Steps * (1 + 3.0 * hidden) * 4 * hidden + hidden); }

// As many multiplications and additions as a batch's convolutions, of float32 in registers alone.
class Peak final : public Measured
{
public:
    explicit Peak(int hidden) : _flop(Flop(hidden)) {}

    void Run(const float* maps, float*, int batch, Part thread, Barrier& barrier) override
    {
        constexpr int Chains = 24;
        __m512 sums[Chains], factor = _mm512_set1_ps(maps[0] * 1e-3F);
        Unroll<Chains>([&](auto i) __attribute__((always_inline)) { sums[i] = factor; });
        for (auto left = static_cast<long>(_flop * batch / thread.count / (2 * Lanes * Chains)); left > 0; left--)
        {
            Unroll<Chains>([&](auto i) __attribute__((always_inline)) {
                sums[i] = _mm512_fmadd_ps(sums[i], factor, factor);
                // The compiler is not to know what it could leave out.
                asm volatile("" : "+v"(sums[i]));
            });
        }
        barrier.Wait();
    }

private:
    double _flop;
};

// The same network as a book has it, in double precision.
std::vector<double> Slowly(const Weights& weights, const float* maps)
{
    int hidden = weights.hidden;
    std::vector<double> below(maps, maps + Window);
    auto sum = [](const double* map, int row, int column, auto kernel) {
        double total = 0;
        for (int y = std::max(0, row - 1); y <= std::min(Side - 1, row + 1); y++)
        for (int x = std::max(0, column - 1); x <= std::min(Side - 1, column + 1); x++)
            total += map[y * Side + x] * kernel(y - row + 1, x - column + 1);
        return total;
    };
    auto sigmoid = [](double x) { return 1 / (1 + std::exp(-x)); };
    for (int layer = 0; layer < Layers; layer++)
    {
        LayerWeights given = weights.Layer(layer);
        std::vector<double> states(static_cast<std::size_t>(Steps) * hidden * Cells), cells(hidden * Cells);
        for (int t = 0; t < Steps; t++)
        for (int channel = 0; channel < hidden; channel++)
        for (int at = 0; at < Cells; at++)
        {
            double gates[4];
            for (int gate = 0; gate < 4; gate++)
            {
                int output = gate * hidden + channel;
                gates[gate] = given.biases[output];
                for (int input = 0; input < given.channels + (t > 0 ? hidden : 0); input++)
                {
                    const double* map = input < given.channels ? &below[(t * given.channels + input) * Cells]
                        : &states[((t - 1) * hidden + input - given.channels) * Cells];
                    gates[gate] += sum(map, at / Side, at % Side, [&](int row, int column) { return given.Kernel(output, input, row, column); });
                }
            }
            double& c = cells[channel * Cells + at];
            c = sigmoid(gates[1]) * c + sigmoid(gates[0]) * std::tanh(gates[3]);
            states[(t * hidden + channel) * Cells + at] = sigmoid(gates[2]) * std::tanh(c);
        }
        below = states;
    }
    std::vector<double> risk(Cells);
    for (int at = 0; at < Cells; at++)
    {
        for (int channel = 0; channel < hidden; channel++)
            risk[at] += sum(&below[((Steps - 1) * hidden + channel) * Cells], at / Side, at % Side, [&](int row, int column) { return weights.Head(channel, row, column); });
        risk[at] = sigmoid(risk[at]);
    }
    return risk;
}

template <class Number>
double Error(const float* risk, const Number* expected, int count)
{
    double most = 0;
    for (int i = 0; i < count; i++)
    {
        // Not a number is as far off as can be.
        double off = std::abs(risk[i] - static_cast<double>(expected[i]));
        most = off <= most ? most : std::isnan(off) ? 1e9 : off;
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
    if (way == "peak")
        return std::make_unique<Peak>(Hidden);
    Fail(way + ": expected float32, bfloat16 or peak.");
}
}

int main(int count, char** arguments)
{
    if (count != 6)
        Fail("Expected FOLDER HIDDEN WAY BATCH THREADS.");
    if (!__builtin_cpu_supports("avx512f") || !__builtin_cpu_supports("avx512dq") || !__builtin_cpu_supports("avx512bf16"))
        Fail("The processor lacks AVX-512 with BF16.");
    std::string folder = arguments[1], way = arguments[3];
    int hidden = std::stoi(arguments[2]), batch = std::stoi(arguments[4]), threads = std::stoi(arguments[5]);
    Weights weights{Read(folder + "/weights.bin"), hidden};
    std::vector<float> maps = Read(folder + "/maps.bin"), risk(batch * Cells);
    std::unique_ptr<Measured> measured = hidden == 8 ? Make<8>(way, weights, threads) : hidden == 16 ? Make<16>(way, weights, threads)
        : hidden == 32 ? Make<32>(way, weights, threads) : nullptr;
    if (!measured || batch < 1 || threads < 1 || maps.size() < static_cast<std::size_t>(batch) * Window)
        Fail("Expected 8, 16 or 32 channels, and maps for at least one window.");

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

    seconds(3);
    if (way != "peak")
    {
        bool exact = way == "float32";
        double bound = exact ? 1e-5 : 1e-2, error = 0;
        for (int window : {0, batch - 1})
            error = std::max(error, Error(&risk[window * Cells], Slowly(weights, &maps[window * Window]).data(), Cells));
        std::vector<float> theirs = Read(folder + "/risk.bin");
        if (theirs.size() != risk.size())
            Fail("risk.bin is of another batch.");
        double other = Error(risk.data(), theirs.data(), batch * Cells);
        std::cerr << way << ", " << hidden << " channels: at most " << error << " from double precision, " << other << " from ONNX Runtime" << std::endl;
        if (error > bound || other > bound)
            Fail("That is more than " + std::to_string(bound) + ".");
    }
    double mean = 0;
    for (float one : risk)
        mean += one / static_cast<double>(risk.size());
    std::cout << mean << std::endl;
    for (int calls; std::cin >> calls;)
        std::cout << seconds(calls) << std::endl;
}

// One layer of a ConvLSTM, a step at a time: 3 x 3 convolutions of its frame and its state into four gates, which are put to use before
// they leave the registers. Nothing is copied, joined or split on the way. A trial beside the benchmarks (docs/performance.md): part of no
// package, and for maps of one size alone.
#pragma once

#include <cstring>

#include "formats.hpp"

constexpr int Side = 32, Edge = Side + 2, Cells = Side * Side;

// 2^x, cut off at 2^-40 and 2^40, where a sigmoid of float32 has long ended and a product of three is still finite. A polynomial of x's
// fraction, off by 8e-8 of the result at most (least squares, weighted until the largest errors were alike: Lawson 1961).
inline __m512 Exp2(__m512 x)
{
    x = _mm512_min_ps(_mm512_max_ps(x, _mm512_set1_ps(-40)), _mm512_set1_ps(40));
    __m512 fraction = _mm512_reduce_ps(x, _MM_FROUND_TO_NEG_INF), sum = _mm512_set1_ps(0.0018775767F);
    for (float next : {0.0089893397F, 0.0558263175F, 0.2401536107F, 0.6931530833F, 0.9999999404F})
        sum = _mm512_fmadd_ps(sum, fraction, _mm512_set1_ps(next));
    return _mm512_scalef_ps(sum, x);
}

// 1 / x: the processor's 14 bits and one step of Newton's.
inline __m512 Reciprocal(__m512 x)
{
    __m512 guess = _mm512_rcp14_ps(x);
    return guess * _mm512_fnmadd_ps(x, guess, _mm512_set1_ps(2));
}

// What a gate's weights are multiplied by once, so that 2^sum is e^-x for a sigmoid and e^-2x for a hyperbolic tangent.
constexpr float SigmoidScale = -1.44269504F, TangentScale = 2 * SigmoidScale;

// c = sigmoid(f) c + sigmoid(i) tanh(g) and h = sigmoid(o) tanh(c), which it returns, of sums that are scaled. Fractions are joined: two
// divisions, not five.
inline __m512 Gates(__m512 i, __m512 f, __m512 o, __m512 g, __m512& c)
{
    const __m512 one = _mm512_set1_ps(1);
    __m512 news = Exp2(g), both = (one + Exp2(i)) * (one + news), forget = one + Exp2(f);
    c = _mm512_fmadd_ps(c, both, (one - news) * forget) * Reciprocal(both * forget);
    __m512 state = Exp2(c * _mm512_set1_ps(TangentScale));
    return (one - state) * Reciprocal((one + Exp2(o)) * (one + state));
}

// A layer's weights as they are trained: kernels [gate x hidden, channel of the frame then of the state, 3, 3], gates in the order
// i, f, o, g, and biases.
struct LayerWeights
{
    const float *kernels, *biases;
    int hidden, channels;

    float Kernel(int output, int input, int row, int column) const
    {
        return kernels[((output * (channels + hidden) + input) * 3 + row) * 3 + column];
    }
};

// The part of some work that a thread does.
struct Part
{
    int index, count;
    int Begin(int items) const { return items * index / count; }
    int End(int items) const { return items * (index + 1) / count; }
};

// Maps are [row, column, channel] with a border, so that the three neighbours of a row lie one behind the other. A block of cells keeps the
// sums of its gates in registers of 16 lanes: 16 channels of one gate or, where there are 8, two gates.
template <class Format, int Hidden, int Channels>
class Layer
{
    using Element = typename Format::Element;
    using Weight = typename Format::Weight;
    static constexpr int PerWord = Format::PerWord, Vectors = std::min(4, 4 * Hidden / Lanes), Blocks = std::max(1, Hidden / Lanes);
    // As many cells as registers can hold the sums of; with 8 channels a number that leaves no rest of a row.
    static constexpr int Together = Hidden < Lanes ? 8 : 6;

public:
    explicit Layer(const LayerWeights& given)
    {
        constexpr int Outputs = std::min(Hidden, Lanes);
        for (int output = 0; output < 4 * Hidden; output++)
        {
            int block = output / (Vectors * Lanes), place = output % (Vectors * Lanes), gate = place / Outputs;
            int row = gate * Hidden + block * Lanes + place % Outputs;
            float scale = gate == 3 ? TangentScale : SigmoidScale, most = 0;
            for (int k = 0; k < (Channels + Hidden) * 9; k++)
                most = std::max(most, std::abs(scale * given.kernels[row * (Channels + Hidden) * 9 + k]));
            float step = Format::Step(most), bias = given.biases[row] * scale;
            auto pack = [&](int first, int channels, Weight* weight) {
                const int width = Words(channels) * PerWord;
                int sum = 0;
                for (int k = 0; k < 3 * width; k++)
                {
                    // A row of neighbours that is no whole number of words ends in zeros.
                    int at = k % width;
                    float value = at < 3 * channels ? given.Kernel(row, first + at % channels, k / width, at / channels) : 0;
                    Weight& packed = weight[(k / PerWord * Vectors * Lanes + place) * PerWord + k % PerWord];
                    packed = Format::Round(value * scale / step);
                    sum += static_cast<int>(packed);
                }
                return sum;
            };
            int frame = pack(0, Channels, WeightsOf(block)), state = pack(Channels, Hidden, WeightsOf(block) + FrameWeights);
            // The first layer's frame is the one map whose zero is 0.
            frame = Channels == 1 ? 0 : frame;
            *_starts[0].At(output) = Format::Start(bias, frame);
            *_starts[1].At(output) = Format::Start(bias, frame + state);
            *_factors.At(output) = Format::Factor(step);
            *_biases.At(output) = bias;
        }
    }

    // Maps with a border: the frame, the state before (null in the first step) and behind; the cell state without.
    void Step(const Element* frame, const Element* before, float* cell, Element* behind, Part part) const
    {
        for (int block = 0; block < Blocks; block++)
        {
            int at = part.Begin(Cells / 2) * 2, end = part.End(Cells / 2) * 2;
            for (; at + Together <= end; at += Together)
                StepBlock<Together>(frame, before, cell, behind, block, at);
            for (; at < end; at += 2)
                StepBlock<2>(frame, before, cell, behind, block, at);
        }
    }

private:
    template <int Count>
    using Sums = typename Format::Sum[Count][Vectors];

    static constexpr int Words(int channels) { return (3 * channels + PerWord - 1) / PerWord; }
    static constexpr int FrameWeights = 3 * Words(Channels) * Vectors * Lanes * PerWord;
    static constexpr int StateWeights = 3 * Words(Hidden) * Vectors * Lanes * PerWord;

    static int Corner(int cell) { return cell / Side * Edge + cell % Side; }

    Weight* WeightsOf(int block) const { return _weights.At(block * (FrameWeights + StateWeights)); }

    template <int Count>
    void StepBlock(const Element* frame, const Element* before, float* cell, Element* behind, int block, int at) const
    {
        const int first = block * Vectors * Lanes;
        const float *starts = _starts[before != nullptr].At(first), *factors = _factors.At(first), *biases = _biases.At(first);
        Sums<Count> sums;
        Unroll<Count>([&](auto p) INLINE { Unroll<Vectors>([&](auto v) INLINE { sums[p][v] = Format::Begin(starts + v * Lanes); }); });
        Convolve<Count, Channels>(sums, frame, at, WeightsOf(block));
        if (before)
            Convolve<Count, Hidden>(sums, before, at, WeightsOf(block) + FrameWeights);

        constexpr int Pair = Hidden < Lanes ? 2 : 1;
        auto sum = [&](int p, int v) INLINE { return Format::Finish(sums[p][v], factors + v * Lanes, biases + v * Lanes); };
        Unroll<Count / Pair>([&](auto pair) INLINE {
            constexpr int p = pair * Pair;
            float* state = cell + (at + p) * Hidden + block * Lanes;
            __m512 c = _mm512_load_ps(state), h;
            if constexpr (Pair == 2)
            {
                // Of two cells side by side the halves of the same gate are put together.
                auto low = [&](int v) INLINE { return _mm512_shuffle_f32x4(sum(p, v), sum(p + 1, v), 0x44); };
                auto high = [&](int v) INLINE { return _mm512_shuffle_f32x4(sum(p, v), sum(p + 1, v), 0xEE); };
                h = Gates(low(0), high(0), low(1), high(1), c);
            }
            else
                h = Gates(sum(p, 0), sum(p, 1), sum(p, 2), sum(p, 3), c);
            _mm512_store_ps(state, c);
            Format::Store(behind + (Corner(at + p) + Edge + 1) * Hidden + block * Lanes, h);
        });
    }

    template <int Count, int Depth>
    [[gnu::always_inline]] static void Convolve(Sums<Count>& sums, const Element* map, int at, const Weight* weights)
    {
        const Element* cells[Count];
        Unroll<Count>([&](auto p) INLINE { cells[p] = map + Corner(at + p) * Depth; });
        for (int row = 0; row < 3; row++)
        {
            for (int k = 0; k < Words(Depth) * PerWord; k += PerWord, weights += Vectors * Lanes * PerWord)
            {
                __m512i kernel[Vectors];
                Unroll<Vectors>([&](auto v) INLINE { kernel[v] = _mm512_load_si512(weights + v * Lanes * PerWord); });
                Unroll<Count>([&](auto p) INLINE {
                    int word;
                    std::memcpy(&word, cells[p] + k, sizeof word);
                    __m512i all = _mm512_set1_epi32(word);
                    Unroll<Vectors>([&](auto v) INLINE { sums[p][v] = Format::Multiply(sums[p][v], all, kernel[v]); });
                });
            }
            Unroll<Count>([&](auto p) INLINE { cells[p] += Edge * Depth; });
        }
    }

    Buffer<Weight> _weights{static_cast<std::size_t>(Blocks) * (FrameWeights + StateWeights)};
    // What sums begin with in the first step and later; what they are multiplied by and what is added, where they are whole numbers.
    Buffer<float> _starts[2]{Buffer<float>(4 * Hidden), Buffer<float>(4 * Hidden)}, _factors{4 * Hidden}, _biases{4 * Hidden};
};

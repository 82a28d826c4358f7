// One layer of a ConvLSTM, a step at a time: 3 x 3 convolutions of its frame and its state into four gates, which are put to use before they leave the registers.
// Nothing is copied, joined or split on the way. A trial beside the benchmarks (docs/performance.md): part of no package, and of one size of map alone.
//
// Maps are [row, column, channel] with a border, so that the three neighbours of a row lie one behind the other. A block of cells keeps all the sums of its gates in
// registers of 16; lanes are channels of one gate or, with 8 channels, of two.
#pragma once

#include <immintrin.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>

constexpr int Side = 32, Edge = Side + 2, Cells = Side * Side, Lanes = 16;

// Unrolls as the source is read: arrays of registers that a loop indexes would be kept in memory.
template <int Count, class Action>
[[gnu::always_inline]] inline void Unroll(Action action)
{
    [&]<int... Index>(std::integer_sequence<int, Index...>) __attribute__((always_inline)) {
        (action(std::integral_constant<int, Index>{}), ...);
    }(std::make_integer_sequence<int, Count>{});
}

// Numbers on a cache line's boundary, all zero.
template <class Number>
struct Buffer
{
    explicit Buffer(std::size_t count)
        : data(static_cast<Number*>(std::aligned_alloc(64, (count * sizeof(Number) + 127) / 64 * 64))), count(count)
    {
        std::fill(data.get(), data.get() + count, Number{});
    }

    Number* At(std::size_t index) const { return data.get() + index; }

    struct Free { void operator()(void* memory) const { std::free(memory); } };
    std::unique_ptr<Number[], Free> data;
    std::size_t count;
};

// What a word of 32 bits holds, and how 16 sums take in one word of a cell times 16 words of weights.
struct Float32
{
    using Element = float;
    static constexpr int PerWord = 1;
    static Element Of(float value) { return value; }
    static __m512 Multiply(__m512 sums, __m512i cell, __m512i weights)
    {
        return _mm512_fmadd_ps(_mm512_castsi512_ps(cell), _mm512_castsi512_ps(weights), sums);
    }
    static __m512 Load(const Element* from) { return _mm512_loadu_ps(from); }
    static void Store(Element* to, __m512 values) { _mm512_storeu_ps(to, values); }
};

// The upper half of a float32, rounded to even; sums are float32.
struct BFloat16
{
    using Element = std::uint16_t;
    static constexpr int PerWord = 2;
    static Element Of(float value)
    {
        std::uint32_t bits;
        std::memcpy(&bits, &value, sizeof bits);
        return static_cast<Element>((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
    }
    static __m512 Multiply(__m512 sums, __m512i cell, __m512i weights) { return _mm512_dpbf16_ps(sums, (__m512bh)cell, (__m512bh)weights); }
    static __m512 Load(const Element* from)
    {
        return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(from))), 16));
    }
    static void Store(Element* to, __m512 values)
    {
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), (__m256i)_mm512_cvtneps_pbh(values));
    }
};

// 2^x, cut off at 2^-40 and 2^40, where a sigmoid of float32 has long ended and a product of three is still finite. A polynomial of x's fraction, off by 8e-8 of
// the result (least maximum of relative errors, fitted by Lawson's weights).
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

// c = sigmoid(f) c + sigmoid(i) tanh(g), h = sigmoid(o) tanh(c), from sums that are scaled already: fractions are joined, which leaves two divisions of five.
inline __m512 Gates(__m512 i, __m512 f, __m512 o, __m512 g, __m512& c)
{
    const __m512 one = _mm512_set1_ps(1);
    __m512 news = Exp2(g), both = (one + Exp2(i)) * (one + news), forget = one + Exp2(f);
    c = _mm512_fmadd_ps(c, both, (one - news) * forget) * Reciprocal(both * forget);
    __m512 state = Exp2(c * _mm512_set1_ps(TangentScale));
    return (one - state) * Reciprocal((one + Exp2(o)) * (one + state));
}

// A layer's weights as they are trained: kernels [gate x hidden, channel of the frame then of the state, 3, 3], gates in the order i, f, o, g, and a bias each.
struct LayerWeights
{
    const float* kernels;
    const float* biases;
    int hidden, channels;

    float Kernel(int output, int input, int row, int column) const { return kernels[((output * (channels + hidden) + input) * 3 + row) * 3 + column]; }
};

// The part of a layer that a thread does.
struct Part
{
    int index, count;
    int Begin(int items) const { return items * index / count; }
    int End(int items) const { return items * (index + 1) / count; }
};

// Which output a lane holds.
template <int Hidden>
struct Lane
{
    static constexpr int Vectors = std::min(4, 4 * Hidden / Lanes), Blocks = std::max(1, Hidden / Lanes);
    int gate, output;
    Lane(int block, int vector, int lane)
        : gate(Hidden < Lanes ? 2 * vector + lane / Hidden : vector), output(gate * Hidden + (Hidden < Lanes ? lane % Hidden : block * Lanes + lane))
    {
    }
    float Scale() const { return gate == 3 ? TangentScale : SigmoidScale; }
};

// The direct convolution.
template <class Format, int Hidden, int Channels>
class DirectLayer
{
public:
    using Element = typename Format::Element;
    static constexpr int Vectors = Lane<Hidden>::Vectors, Blocks = Lane<Hidden>::Blocks;
#ifndef PIX
#define PIX 6
#endif
    static constexpr int Pixels = Hidden == 8 ? 8 : PIX;

    explicit DirectLayer(const LayerWeights& given) : _weights(static_cast<std::size_t>(Blocks) * BlockWords * PerWord), _biases(Blocks * Vectors * Lanes)
    {
        Element* weight = _weights.At(0);
        float* bias = _biases.At(0);
        for (int block = 0; block < Blocks; block++)
        {
            for (int vector = 0; vector < Vectors; vector++)
            for (int lane = 0; lane < Lanes; lane++)
            {
                Lane<Hidden> at(block, vector, lane);
                *bias++ = given.biases[at.output] * at.Scale();
            }
            for (auto [first, channels] : {std::pair(0, Channels), std::pair(Channels, Hidden)})
            for (int row = 0; row < 3; row++)
            for (int word = 0; word < Words(channels); word++)
            for (int vector = 0; vector < Vectors; vector++)
            for (int lane = 0; lane < Lanes; lane++)
            for (int k = word * PerWord; k < (word + 1) * PerWord; k++)
            {
                Lane<Hidden> at(block, vector, lane);
                // A row of neighbours that is no whole number of words ends in zeros.
                *weight++ = Format::Of(k < 3 * channels ? given.Kernel(at.output, first + k % channels, row, k / channels) * at.Scale() : 0);
            }
        }
    }

    // Maps with a border: the frame, the state before (null in the first step) and behind; the cell state without.
    void Step(const Element* frame, const Element* before, float* cell, Element* behind, Part part) const
    {
        for (int block = 0; block < Blocks; block++)
        {
            int at = part.Begin(Cells / 2) * 2, end = part.End(Cells / 2) * 2;
            for (; at + Pixels <= end; at += Pixels)
                StepBlock<Pixels>(frame, before, cell, behind, block, at);
            for (; at < end; at += 2)
                StepBlock<2>(frame, before, cell, behind, block, at);
        }
    }

private:
    static constexpr int PerWord = Format::PerWord;
    static constexpr int Words(int channels) { return (3 * channels + PerWord - 1) / PerWord; }
    static constexpr int BlockWords = 3 * (Words(Channels) + Words(Hidden)) * Vectors * Lanes;

    template <int Count>
    using Sums = __m512[Count][Vectors];

    static int Corner(int cell) { return cell / Side * Edge + cell % Side; }

    template <int Count>
    void StepBlock(const Element* frame, const Element* before, float* cell, Element* behind, int block, int at) const
    {
        Sums<Count> sums;
        Unroll<Count>([&](auto p) __attribute__((always_inline)) {
            Unroll<Vectors>([&](auto v) __attribute__((always_inline)) { sums[p][v] = _mm512_load_ps(_biases.At((block * Vectors + v) * Lanes)); });
        });
        const Element* weights = _weights.At(static_cast<std::size_t>(block) * BlockWords * PerWord);
        weights = Convolve<Count, Channels>(sums, frame, at, weights);
        if (before)
            Convolve<Count, Hidden>(sums, before, at, weights);
        Finish<Count>(sums, cell, behind, block, at);
    }

    template <int Count, int Depth>
    [[gnu::always_inline]] static const Element* Convolve(Sums<Count>& sums, const Element* map, int at, const Element* weights)
    {
        const Element* cells[Count];
        Unroll<Count>([&](auto p) __attribute__((always_inline)) { cells[p] = map + Corner(at + p) * Depth; });
        for (int row = 0; row < 3; row++)
        {
            for (int k = 0; k < Words(Depth) * PerWord; k += PerWord, weights += Vectors * Lanes * PerWord)
            {
                __m512i kernel[Vectors];
                Unroll<Vectors>([&](auto v) __attribute__((always_inline)) { kernel[v] = _mm512_load_si512(weights + v * Lanes * PerWord); });
                Unroll<Count>([&](auto p) __attribute__((always_inline)) {
                    int word;
                    std::memcpy(&word, cells[p] + k, sizeof word);
                    __m512i all = _mm512_set1_epi32(word);
                    Unroll<Vectors>([&](auto v) __attribute__((always_inline)) { sums[p][v] = Format::Multiply(sums[p][v], all, kernel[v]); });
                });
            }
            Unroll<Count>([&](auto p) __attribute__((always_inline)) { cells[p] += Edge * Depth; });
        }
        return weights;
    }

    template <int Count>
    [[gnu::always_inline]] static void Finish(const Sums<Count>& sums, float* cell, Element* behind, int block, int at)
    {
        constexpr int Together = Hidden < Lanes ? Lanes / Hidden : 1;
        Unroll<Count / Together>([&](auto group) __attribute__((always_inline)) {
            constexpr int p = group * Together;
            float* state = cell + (at + p) * Hidden + block * Lanes;
            __m512 c = _mm512_load_ps(state), h;
            if constexpr (Hidden < Lanes)
            {
                // Two cells side by side: halves of the same gate are put together.
                auto low = [](__m512 a, __m512 b) { return _mm512_shuffle_f32x4(a, b, 0x44); };
                auto high = [](__m512 a, __m512 b) { return _mm512_shuffle_f32x4(a, b, 0xEE); };
                h = Gates(low(sums[p][0], sums[p + 1][0]), high(sums[p][0], sums[p + 1][0]), low(sums[p][1], sums[p + 1][1]), high(sums[p][1], sums[p + 1][1]), c);
            }
            else
                h = Gates(sums[p][0], sums[p][1], sums[p][2], sums[p][3], c);
            _mm512_store_ps(state, c);
            Format::Store(behind + (Corner(at + p) + Edge + 1) * Hidden + block * Lanes, h);
        });
    }

    Buffer<Element> _weights;
    Buffer<float> _biases;
};

// What a word of 32 bits of a map holds: one float32, two bfloat16 or four bytes; how 16 sums take in a word of a cell and 16 of weights.
#pragma once

#include <immintrin.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <utility>

constexpr int Lanes = 16;

#define INLINE __attribute__((always_inline))

// Unrolls as the source is read: arrays of registers that a loop indexes would be kept in memory.
template <int Count, class Action>
[[gnu::always_inline]] inline void Unroll(Action action)
{
    [&]<int... I>(std::integer_sequence<int, I...>) INLINE { (action(std::integral_constant<int, I>{}), ...); }(
        std::make_integer_sequence<int, Count>{});
}

// Numbers from a cache line's boundary on, with a line to spare.
template <class Number>
struct Buffer
{
    explicit Buffer(std::size_t count, Number value = {})
        : data(static_cast<Number*>(std::aligned_alloc(64, (count * sizeof(Number) + 127) / 64 * 64)), &std::free)
    {
        std::fill_n(data.get(), count + 64 / sizeof(Number), value);
    }

    Number* At(std::size_t index) const { return data.get() + index; }

    std::unique_ptr<Number[], decltype(&std::free)> data;
};

// Sums that are float32 as they are, and begin with the bias.
struct Plain
{
    using Sum = __m512;
    static float Step(float) { return 1; }
    static float Factor(float step) { return step; }
    static float Start(float bias, int) { return bias; }
    static Sum Begin(const float* starts) { return _mm512_load_ps(starts); }
    static __m512 Finish(Sum sums, const float*, const float*) { return sums; }
};

struct Float32 : Plain
{
    using Element = float;
    using Weight = float;
    static constexpr int PerWord = 1;
    static constexpr Element Zero = 0;
    static constexpr double Bound = 1e-5;
    static Weight Round(float value) { return value; }
    static Element Frame(float value) { return value; }
    static Sum Multiply(Sum sums, __m512i cell, __m512i weights) { return _mm512_fmadd_ps((__m512)cell, (__m512)weights, sums); }
    static __m512 Load(const Element* from) { return _mm512_loadu_ps(from); }
    static void Store(Element* to, __m512 values) { _mm512_storeu_ps(to, values); }
};

// The upper half of a float32, rounded to even.
struct BFloat16 : Plain
{
    using Element = std::uint16_t;
    using Weight = std::uint16_t;
    static constexpr int PerWord = 2;
    static constexpr Element Zero = 0;
    static constexpr double Bound = 2e-4;
    static Weight Round(float value)
    {
        auto bits = std::bit_cast<std::uint32_t>(value);
        return static_cast<Weight>((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
    }
    static Element Frame(float value) { return Round(value); }
    static Sum Multiply(Sum sums, __m512i cell, __m512i weights) { return _mm512_dpbf16_ps(sums, (__m512bh)cell, (__m512bh)weights); }
    static __m512 Load(const Element* from)
    {
        return (__m512)_mm512_slli_epi32(_mm512_cvtepu16_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(from))), 16);
    }
    static void Store(Element* to, __m512 values)
    {
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), (__m256i)_mm512_cvtneps_pbh(values));
    }
};

// Bytes: a state's are 127ths, with 128 for zero; a frame's too, with 0 for zero, cut off at 2; weights have a step for each output.
struct Byte
{
    using Element = std::uint8_t;
    using Weight = std::int8_t;
    // Of 32 bits for the compiler too, which would move the intrinsics' own type to and fro.
    using Sum [[gnu::vector_size(64)]] = int;
    static constexpr int PerWord = 4, Most = 127;
    static constexpr Element Zero = 128;
    static constexpr double Bound = 5e-3;
    static float Step(float most) { return most / Most; }
    static float Factor(float step) { return step / Most; }
    static Weight Round(float value) { return static_cast<Weight>(std::lround(value)); }
    static Element Frame(float value) { return static_cast<Element>(std::min(255L, std::lround(value * Most))); }
    // What a zero that is not 0 adds, less.
    static float Start(float, int weights) { return std::bit_cast<float>(-Zero * weights); }
    static Sum Begin(const float* starts) { return (Sum)_mm512_load_si512(starts); }
    static Sum Multiply(Sum sums, __m512i cell, __m512i weights) { return (Sum)_mm512_dpbusd_epi32((__m512i)sums, cell, weights); }
    static __m512 Finish(Sum sums, const float* factors, const float* biases)
    {
        return _mm512_fmadd_ps(_mm512_cvtepi32_ps((__m512i)sums), _mm512_load_ps(factors), _mm512_load_ps(biases));
    }
    static __m512 Load(const Element* from)
    {
        __m512i values = _mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from)));
        return _mm512_cvtepi32_ps(_mm512_sub_epi32(values, _mm512_set1_epi32(Zero))) * _mm512_set1_ps(1.0F / Most);
    }
    static void Store(Element* to, __m512 values)
    {
        __m512 scaled = _mm512_fmadd_ps(values, _mm512_set1_ps(Most), _mm512_set1_ps(Zero));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm512_cvtusepi32_epi8(_mm512_cvtps_epi32(scaled)));
    }
};

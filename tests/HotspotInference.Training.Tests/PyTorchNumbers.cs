namespace HotspotInference.Training.Tests;

/// <summary>
/// What PyTorch 1.13.0 computed, once, of the equations written with conv2d, pad, sigmoid and tanh: one channel, one hidden channel,
/// kernel 3, three frames of 2 x 3. Element i (from 1) of the input kernel is sin(i), of the state kernel sin(2i), of the bias sin(3i),
/// of the input sin(4i), of the peepholes (i, f, o) sin(5i).
/// </summary>
static class PyTorchNumbers
{
    /// <summary>The last state, zero padding, no peepholes.</summary>
    public static float[] PlainLayer { get; } = [-0.21471518f, -0.17831047f, -0.3378897f, -0.46905613f, -0.16380736f, -0.07256542f];

    /// <summary>The last state, reflected padding, with peepholes.</summary>
    public static float[] PeepholeLayer { get; } = [-0.09676822f, 0.2259057f, -0.11662055f, -0.23010205f, 0.21865501f, -0.10858192f];

    /// <summary>The gradient of the sum of that state by the peepholes.</summary>
    public static float[] PeepholeGradient { get; } = [0.03255431f, 0.06835218f, 0.41067377f];

    /// <summary>
    /// The mean, in double precision, of -log(1 - exp(-exp(x))) where there were incidents and exp(x) where there were none, for x of -9,
    /// -4, -1, 0, 0.5 and 2, first without, then with incidents.
    /// </summary>
    public const double OccurrenceLoss = 2.107038416902895;

    /// <summary>Its gradient by x.</summary>
    public static float[] OccurrenceGradient { get; } =
    [
        1.0284150e-5f, 1.5263032e-3f, 3.0656620e-2f, 8.3333333e-2f, 0.13739344f, 0.61575467f,
        -8.3328191e-2f, -8.2572511e-2f, -6.8942739e-2f, -4.8498059e-2f, -3.2710187e-2f, -3.8075875e-4f,
    ];

    /// <summary>
    /// What PyTorch 1.13 computed in double precision of a gan on a grid of 3 x 5 that shows its risk: two frames, levels of 2 and 3
    /// channels, a discriminator of 2, weight 0.3, two windows whose element i (from 1) is sin(0.7 i), counts of 2 in every fourth cell.
    /// Element i of the j-th tensor of weights (from 1; encoder, halving, decoder, head, discriminator, kernel before bias) is
    /// 0.6 sin(i (1 + 0.1 j)); the noise has no effect.
    /// </summary>
    public const double GanLoss = 2.4938410548610555;

    /// <summary>For each tensor of weights the sum of sin(i) times element i of its gradient.</summary>
    public static double[] GanGradients { get; } =
    [
        -0.7660012, 0.2195272, 0.04540934, 0.1216492, 0.1299723, 0.3003481, -0.3031344, 0.1147851, 2.911617, 0.3962844,
        0.03653482, 0.09193968, 0.004886746, 0.08462032,
    ];
}

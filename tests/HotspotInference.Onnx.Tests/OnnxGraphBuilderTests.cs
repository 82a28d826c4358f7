using Microsoft.ML.OnnxRuntime;

namespace HotspotInference.Onnx.Tests;

public sealed class OnnxGraphBuilderTests
{
    [Fact]
    public void Model_tells_the_runtime_who_wrote_it_and_what_it_takes()
    {
        var graph = new OnnxGraphBuilder("sample") { Description = "A sample." };
        graph.Metadata["b"] = "größer";
        graph.Metadata["a"] = "";
        OnnxValue x = graph.Input("x", "batch", 2, "row");
        graph.Output("y", graph.Tanh(x), "batch", 2, "row");

        using var session = new InferenceSession(graph.ToArray());

        Assert.Equal("sample", session.ModelMetadata.GraphName);
        Assert.Equal("HotspotInference", session.ModelMetadata.ProducerName);
        Assert.Equal("A sample.", session.ModelMetadata.Description);
        Assert.Equal(new Dictionary<string, string> { ["a"] = "", ["b"] = "größer" }, session.ModelMetadata.CustomMetadataMap);
        Assert.Equal(["x"], session.InputNames);
        Assert.Equal(["y"], session.OutputNames);
        Assert.Equal([-1, 2, -1], session.InputMetadata["x"].Dimensions);
        Assert.Equal(["batch", "", "row"], session.InputMetadata["x"].SymbolicDimensions);
        Assert.Equal([-1, 2, -1], session.OutputMetadata["y"].Dimensions);
    }

    [Fact]
    public void Same_calls_give_the_same_bytes()
    {
        Assert.Equal(Build("k", "j"), Build("j", "k"));

        static byte[] Build(params string[] keys)
        {
            var graph = new OnnxGraphBuilder("sample");
            foreach (string key in keys)
                graph.Metadata[key] = "value of " + key;
            OnnxValue x = graph.Input("x", "n");
            graph.Output("y", graph.Add(x, graph.Constant("c", [1f, 2f], 2)), "n");
            return graph.ToArray();
        }
    }

    // Reference values worked by hand or with a calculator.
    public static TheoryData<string, float[]> Operators => new()
    {
        { "Add", [1.5f, 0, 5] },
        { "Sub", [0.5f, -4, 1] },
        { "Mul", [0.5f, -4, 6] },
        { "Div", [2, -1, 1.5f] },
        { "Exp", [2.7182818f, 0.13533528f, 20.085537f] },
        { "Tanh", [0.76159416f, -0.96402758f, 0.99505475f] },
        { "Sigmoid", [0.73105858f, 0.11920292f, 0.95257413f] },
        { "Softplus", [1.3132617f, 0.12692801f, 3.0485874f] },
        { "Clip", [1, -1, 2] },
        { "Reshape", [1, -2, 3] },
        { "Unsqueeze", [1, -2, 3] },
        { "Concat", [1, -2, 3, 0.5f, 2, 2] },
        { "Slice", [-2, 3] },
        { "Relu", [1, 0, 3] },
        { "Softmax", [0.11849965f, 0.0058997504f, 0.8756006f] },
        { "LayerNormalization", [0.5811106f, -0.5955397f, 4.2710972f] },
        { "Gelu", [0.84134475f, -0.04550026f, 2.9959503f] },
        { "ReduceSum", [2] },
    };

    [Theory]
    [MemberData(nameof(Operators))]
    public void Operator_computes_what_its_name_says(string name, float[] expected)
    {
        var graph = new OnnxGraphBuilder("operators");
        OnnxValue x = graph.Input("x", 3), y = graph.Input("y", 3);
        OnnxValue result = name switch
        {
            "Add" => graph.Add(x, y),
            "Sub" => graph.Sub(x, y),
            "Mul" => graph.Mul(x, y),
            "Div" => graph.Div(x, y),
            "Exp" => graph.Exp(x),
            "Tanh" => graph.Tanh(x),
            "Sigmoid" => graph.Sigmoid(x),
            "Softplus" => graph.Softplus(x),
            "Clip" => graph.Clip(x, graph.Constant("low", [-1f]), graph.Constant("high", [2f])),
            "Reshape" => graph.Reshape(x, graph.Constant("shape", [-1L, 1L], 2)),
            "Unsqueeze" => graph.Unsqueeze(x, graph.Constant("axes", [0L], 1)),
            "Concat" => graph.Concat(0, x, y),
            "Relu" => graph.Relu(x),
            "Softmax" => graph.Softmax(x),
            "LayerNormalization" => graph.LayerNormalization(x, y, y),
            "Gelu" => graph.Gelu(x),
            "ReduceSum" => graph.ReduceSum(graph.Unsqueeze(x, graph.Integers(1)), 0),
            _ => graph.Slice(x, graph.Constant("from", [1L], 1), graph.Constant("to", [3L], 1), graph.Constant("along", [0L], 1)),
        };
        OnnxDimension[] shape = name switch { "Reshape" => [3, 1], "Unsqueeze" => [1, 3], "Concat" => [6], "Slice" => [2], "ReduceSum" => [1], _ => [3] };
        graph.Output("result", result, shape);

        float[] actual = OnnxRun.Single(graph, ("x", [1, -2, 3], [3]), ("y", [0.5f, 2, 2], [3]));

        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-6f);
    }

    [Fact]
    public void Map_is_interpolated_between_the_middles_of_its_cells_and_averaged_back()
    {
        var graph = new OnnxGraphBuilder("resampling");
        OnnxValue fine = graph.Upsample(graph.Input("x", 1, 1, "row", "column"), 2);
        graph.Output("fine", fine, 1, 1, "fine_row", "fine_column");
        var back = new OnnxGraphBuilder("averages");
        back.Output("y", back.AveragePool(back.Input("x", 1, 1, "row", "column"), 2), 1, 1, "coarse_row", "coarse_column");

        float[] found = OnnxRun.Single(graph, ("x", [1, 2, 3, 4], [1, 1, 2, 2]));

        Assert.Equal([1, 1.25f, 1.75f, 2, 1.5f, 1.75f, 2.25f, 2.5f, 2.5f, 2.75f, 3.25f, 3.5f, 3, 3.25f, 3.75f, 4], found);
        Assert.Equal([1.375f, 2.125f, 2.875f, 3.625f], OnnxRun.Single(back, ("x", found, [1, 1, 4, 4])));
    }

    [Fact]
    public void Transposed_axes_are_in_the_order_given()
    {
        var graph = new OnnxGraphBuilder("transpose");
        graph.Output("y", graph.Transpose(graph.Input("x", 1, 2, 3), 2, 0, 1), 3, 1, 2);

        Assert.Equal([1, 4, 2, 5, 3, 6], OnnxRun.Single(graph, ("x", [1, 2, 3, 4, 5, 6], [1, 2, 3])));
    }

    [Fact]
    public void Matrix_products_transpose_where_asked()
    {
        var graph = new OnnxGraphBuilder("matrices");
        OnnxValue x = graph.Input("x", "n", 2);
        OnnxValue product = graph.MatMul(x, graph.Constant("a", [1f, 2, 3, 4], 2, 2));
        OnnxValue affine = graph.Gemm(product, graph.Constant("b", [1f, 10], 1, 2), graph.Constant("c", [0.5f], 1), transposeB: true);
        graph.Output("y", affine, "n", 1);

        // [5, 6] [[1, 2], [3, 4]] = [23, 34]; [23, 34] [1, 10]' + 0.5 = 363.5.
        Assert.Equal([363.5f], OnnxRun.Single(graph, ("x", [5, 6], [1, 2])));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    public void Conv_equals_the_sum_written_out(int dilation, int groups)
    {
        const int Channels = 4, Rows = 5, Columns = 6;
        var random = new Random(1);
        float[] x = Numbers(random, Channels * Rows * Columns), kernel = Numbers(random, 2 * (Channels / groups) * 9), bias = Numbers(random, 2);
        var graph = new OnnxGraphBuilder("convolution");
        OnnxValue y = graph.Conv(graph.Input("x", 1, Channels, "row", "column"), graph.Constant("kernel", kernel, 2, Channels / groups, 3, 3),
            graph.Constant("bias", bias, 2), padding: dilation, groups, dilation);
        graph.Output("y", y, 1, 2, "row", "column");

        float[] actual = OnnxRun.Single(graph, ("x", x, [1, Channels, Rows, Columns]));

        for (int o = 0; o < 2; o++)
        {
            for (int r = 0; r < Rows; r++)
            {
                for (int c = 0; c < Columns; c++)
                    Assert.Equal(Sum(o, r, c), actual[(o * Rows + r) * Columns + c], 1e-5);
            }
        }

        double Sum(int o, int r, int c)
        {
            double sum = bias[o];
            int channels = Channels / groups, first = groups == 1 ? 0 : o * channels;
            for (int i = 0; i < channels; i++)
            {
                for (int dr = -1; dr <= 1; dr++)
                {
                    for (int dc = -1; dc <= 1; dc++)
                    {
                        int row = r + dr * dilation, column = c + dc * dilation;
                        if (row is >= 0 and < Rows && column is >= 0 and < Columns)
                        {
                            double weight = kernel[((o * channels + i) * 3 + dr + 1) * 3 + dc + 1];
                            sum += weight * x[((first + i) * Rows + row) * Columns + column];
                        }
                    }
                }
            }
            return sum;
        }
    }

    [Fact]
    public void Names_in_use_and_values_of_another_graph_are_refused()
    {
        var graph = new OnnxGraphBuilder("one");
        OnnxValue x = graph.Input("x", 1), y = graph.Exp(x), foreign = new OnnxGraphBuilder("other").Input("z", 1);
        graph.Output("y", y, 1);

        Assert.Throws<ArgumentException>(() => graph.Input("x", 1));
        Assert.Throws<ArgumentException>(() => graph.Constant("y", [1f], 1));
        Assert.Throws<ArgumentException>(() => graph.Constant("c", [1f], 2));
        Assert.Throws<ArgumentException>(() => graph.Exp(foreign));
        Assert.Throws<ArgumentException>(() => graph.Output("again", y, 1));
        Assert.Throws<ArgumentException>(() => graph.Output("input", x, 1));
    }

    [Fact]
    public void Node_keeps_clear_of_names_that_inputs_have_taken()
    {
        var graph = new OnnxGraphBuilder("names");
        OnnxValue x = graph.Input("Exp_0", 1);
        OnnxValue y = graph.Exp(x);
        graph.Output("y", graph.Exp(y), 1);

        Assert.NotEqual(x.Name, y.Name);
        Assert.Equal(MathF.Exp(MathF.E), OnnxRun.Single(graph, ("Exp_0", [1], [1]))[0], 1e-4f);
    }

    [Fact]
    public void Save_replaces_the_file_and_leaves_nothing_else_behind()
    {
        string folder = Directory.CreateTempSubdirectory("hotspot-").FullName;
        try
        {
            string path = Path.Combine(folder, "m.onnx");
            File.WriteAllText(path, "old");
            var graph = new OnnxGraphBuilder("saved");
            graph.Output("y", graph.Exp(graph.Input("x", 1)), 1);

            graph.Save(path);

            Assert.Equal(graph.ToArray(), File.ReadAllBytes(path));
            Assert.Equal([path], Directory.GetFiles(folder));
            var e = Assert.Throws<HotspotException>(() => graph.Save(Path.Combine(folder, "missing", "m.onnx")));
            Assert.Contains("m.onnx", e.Subject, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
}

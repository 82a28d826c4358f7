using Google.Protobuf;
using HotspotInference.Onnx.Protos;
using HotspotInference.Prediction;
using Microsoft.ML.OnnxRuntime;
using ModelMetadata = HotspotInference.Prediction.ModelMetadata;

namespace HotspotInference.Onnx.Tests.Prediction;

public sealed class OnnxPropertiesTests
{
    public static TheoryData<string> Shipped =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "onnx"), "*.onnx").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Properties_are_those_that_onnx_runtime_reads(string name)
    {
        byte[] model = File.ReadAllBytes(Path.Combine(Repository.Root, "onnx", name));
        using var session = new InferenceSession(model);

        Assert.NotEmpty(session.ModelMetadata.CustomMetadataMap);
        Assert.All(session.ModelMetadata.CustomMetadataMap, entry => Assert.Equal(entry.Value, OnnxProperties.Find(model, entry.Key)));
        Assert.Null(OnnxProperties.Find(model, "other"));
    }

    [Fact]
    public void Last_of_several_entries_counts_wherever_it_stands()
    {
        byte[] first = Entry("a", "1"), second = Entry("b", "größer"), third = Entry("a", "");

        byte[] model = [.. first, .. second, .. third];

        Assert.Equal("", OnnxProperties.Find(model, "a"));
        Assert.Equal("größer", OnnxProperties.Find(model, "b"));
        Assert.Equal("1", OnnxProperties.Find([.. third, .. second, .. first], "a"));
    }

    [Fact]
    public void Fields_of_every_wire_type_are_passed_over()
    {
        // Fields that no model has: 1,000 as a number of ten bytes, 64 bits, 32 bits and two bytes.
        byte[] unknown = [0xC0, 0x3E, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 0xC1, 0x3E, 1, 2, 3, 4, 5, 6, 7, 8,
            0xC5, 0x3E, 1, 2, 3, 4, 0xC2, 0x3E, 2, 114, 0];

        Assert.Equal("1", OnnxProperties.Find([.. unknown, .. Entry("a", "1"), .. unknown], "a"));
    }

    [Theory]
    [InlineData(new byte[] { 8 }, "1 bytes where 0")]
    [InlineData(new byte[] { 9, 1 }, "8 bytes where 1")]
    [InlineData(new byte[] { 10, 200, 1, 0 }, "200 bytes where 1")]
    [InlineData(new byte[] { 11 }, "wire type 3")]
    [InlineData(new byte[] { 14 }, "wire type 6")]
    [InlineData(new byte[] { 114, 2, 10, 1 }, "1 bytes where 0")]
    [InlineData(new byte[] { 8, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 1 }, "64 bits")]
    public void What_is_no_protocol_buffer_is_refused(byte[] model, string reason) =>
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => OnnxProperties.Find(model, "a")).Message, StringComparison.Ordinal);

    [Fact]
    public void Truncated_model_is_refused_or_has_no_entry()
    {
        byte[] model = MapModels.Graph().ToArray();
        for (int length = 0; length < model.Length; length++)
        {
            try
            {
                Assert.Null(OnnxProperties.Find(model.AsSpan(0, length), ModelMetadata.Key));
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    static byte[] Entry(string key, string value)
    {
        var model = new ModelProto();
        model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return model.ToByteArray();
    }
}

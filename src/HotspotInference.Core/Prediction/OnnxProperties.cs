using System.Text;

namespace HotspotInference.Prediction;

/// <summary>
/// What is written beside the network in an .onnx file: the <c>metadata_props</c> of its <c>ModelProto</c>. Read from the bytes, without
/// ONNX Runtime, which gives them only once it has loaded the network.
/// </summary>
static class OnnxProperties
{
    // Fields of onnx.proto: ModelProto.metadata_props, and key and value of its StringStringEntryProto.
    const int PropertiesField = 14, KeyField = 1, ValueField = 2;

    /// <summary>The value of a key, the last one where there are several; null where there is none.</summary>
    /// <exception cref="InvalidDataException">The bytes are no protocol buffer, or end within one.</exception>
    public static string? Find(ReadOnlySpan<byte> model, string key)
    {
        string? found = null;
        var fields = new Fields(model);
        while (fields.MoveNext())
        {
            if (fields.Number != PropertiesField)
                continue;
            ReadOnlySpan<byte> name = default, value = default;
            var entry = new Fields(fields.Content);
            while (entry.MoveNext())
            {
                if (entry.Number == KeyField)
                    name = entry.Content;
                else if (entry.Number == ValueField)
                    value = entry.Content;
            }
            if (Encoding.UTF8.GetString(name) == key)
                found = Encoding.UTF8.GetString(value);
        }
        return found;
    }

    // The fields of one message, in their order.
    ref struct Fields(ReadOnlySpan<byte> message)
    {
        enum WireType
        {
            Varint = 0,
            Fixed64 = 1,
            Bytes = 2,
            Fixed32 = 5,
        }

        ReadOnlySpan<byte> _rest = message;

        public int Number { get; private set; }

        // Empty for numbers.
        public ReadOnlySpan<byte> Content { get; private set; }

        public bool MoveNext()
        {
            if (_rest.IsEmpty)
                return false;
            ulong tag = Varint();
            Number = (int)(tag >> 3);
            Content = default;
            var type = (WireType)(tag & 7);
            switch (type)
            {
                case WireType.Varint:
                    Varint();
                    break;
                case WireType.Fixed64:
                    Take(sizeof(ulong));
                    break;
                case WireType.Bytes:
                    Content = Take(Varint());
                    break;
                case WireType.Fixed32:
                    Take(sizeof(uint));
                    break;
                default:
                    throw new InvalidDataException($"a field of the unknown wire type {type}");
            }
            return true;
        }

        ReadOnlySpan<byte> Take(ulong length)
        {
            if (length > (ulong)_rest.Length)
                throw new InvalidDataException($"a field of {length} bytes where {_rest.Length} are left");
            ReadOnlySpan<byte> taken = _rest[..(int)length];
            _rest = _rest[(int)length..];
            return taken;
        }

        ulong Varint()
        {
            ulong value = 0;
            for (int shift = 0; shift < 64; shift += 7)
            {
                byte next = Take(1)[0];
                value |= (ulong)(next & 0x7F) << shift;
                if (next < 0x80)
                    return value;
            }
            throw new InvalidDataException("a number of more than 64 bits");
        }
    }
}

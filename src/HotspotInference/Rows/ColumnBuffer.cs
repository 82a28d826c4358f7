using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference.Pipelines;

/// <summary>The values of one column for some rows that were read ahead.</summary>
abstract class ColumnBuffer
{
    delegate ColumnBuffer Factory(DataViewRow row, DataViewSchema.Column column, int capacity);

    static readonly Dictionary<Type, Factory> s_factories = Factories();

    /// <summary>
    /// A buffer for a column; null where the type is not one of ML.NET's own, such as an image, which may share what it holds.
    /// </summary>
    public static ColumnBuffer? Create(DataViewRow row, DataViewSchema.Column column, int capacity) =>
        s_factories.TryGetValue(column.Type.RawType, out Factory? create) ? create(row, column, capacity) : null;

    /// <summary>Takes the row as it is now.</summary>
    public abstract void Read(int slot);

    /// <summary>A getter of the value in the slot that is current when it is called.</summary>
    public abstract Delegate Getter(Func<int> slot);

    static Dictionary<Type, Factory> Factories()
    {
        var factories = new Dictionary<Type, Factory>();
        Add<bool>();
        Add<sbyte>();
        Add<byte>();
        Add<short>();
        Add<ushort>();
        Add<int>();
        Add<uint>();
        Add<long>();
        Add<ulong>();
        Add<float>();
        Add<double>();
        Add<DateTime>();
        Add<DateTimeOffset>();
        Add<TimeSpan>();
        Add<DataViewRowId>();
        // Text may lie in a buffer that the next row overwrites.
        factories.Add(typeof(ReadOnlyMemory<char>),
            (row, column, capacity) => new Scalars<ReadOnlyMemory<char>>(row, column, capacity, text => text.ToArray()));
        factories.Add(typeof(VBuffer<ReadOnlyMemory<char>>),
            (row, column, capacity) => new Vectors<ReadOnlyMemory<char>>(row, column, capacity, text => text.ToArray()));
        return factories;

        void Add<T>()
        {
            factories.Add(typeof(T), (row, column, capacity) => new Scalars<T>(row, column, capacity, value => value));
            factories.Add(typeof(VBuffer<T>), (row, column, capacity) => new Vectors<T>(row, column, capacity, value => value));
        }
    }

    sealed class Scalars<T>(DataViewRow row, DataViewSchema.Column column, int capacity, Func<T, T> own) : ColumnBuffer
    {
        readonly ValueGetter<T> _source = row.GetGetter<T>(column);
        readonly T[] _values = new T[capacity];

        public override void Read(int slot)
        {
            _source(ref _values[slot]);
            _values[slot] = own(_values[slot]);
        }

        public override Delegate Getter(Func<int> slot) => (ValueGetter<T>)((ref T value) => value = _values[slot()]);
    }

    sealed class Vectors<T>(DataViewRow row, DataViewSchema.Column column, int capacity, Func<T, T> own) : ColumnBuffer
    {
        readonly ValueGetter<VBuffer<T>> _source = row.GetGetter<VBuffer<T>>(column);
        readonly VBuffer<T>[] _values = new VBuffer<T>[capacity];

        public override void Read(int slot)
        {
            VBuffer<T> read = default;
            _source(ref read);
            var editor = VBufferEditor.Create(ref _values[slot], read.Length, read.GetValues().Length);
            read.GetIndices().CopyTo(editor.Indices);
            for (int i = 0; i < editor.Values.Length; i++)
                editor.Values[i] = own(read.GetValues()[i]);
            _values[slot] = editor.Commit();
        }

        public override Delegate Getter(Func<int> slot) =>
            (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => _values[slot()].CopyTo(ref value));
    }
}

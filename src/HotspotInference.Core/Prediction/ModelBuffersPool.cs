namespace HotspotInference.Prediction;

/// <summary>
/// Buffers between runs, most recently used last. Bounded: where there are too many the one unused for longest is freed, so that a
/// caller who tries many shapes does not fill the memory. Safe for use by several threads.
/// </summary>
/// <param name="capacity">How many sets of buffers to keep.</param>
/// <param name="create">Makes buffers for a shape.</param>
/// <param name="release">Frees what the buffers stand on, after the last of them.</param>
sealed class ModelBuffersPool(int capacity, Func<RunShape, ModelBuffers> create, Action release) : IDisposable
{
    readonly Lock _gate = new();
    readonly List<ModelBuffers> _idle = new(capacity + 1);
    int _rented;
    bool _isDisposed;

    /// <summary>How many sets of buffers there are, in use or idle.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _idle.Count + _rented;
        }
    }

    /// <summary>Buffers for a shape, the caller's alone until given back.</summary>
    public ModelBuffers Rent(in RunShape shape)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(HotspotPredictor));
            _rented++;
            for (int i = _idle.Count - 1; i >= 0; i--)
            {
                if (_idle[i].Shape == shape)
                {
                    ModelBuffers found = _idle[i];
                    _idle.RemoveAt(i);
                    return found;
                }
            }
        }
        try
        {
            return create(shape);
        }
        catch
        {
            Return(null);
            throw;
        }
    }

    /// <summary>Gives buffers back; null where none came to be.</summary>
    public void Return(ModelBuffers? buffers)
    {
        ModelBuffers? surplus = buffers;
        bool isLast;
        lock (_gate)
        {
            _rented--;
            if (buffers is not null && !_isDisposed)
            {
                _idle.Add(buffers);
                surplus = null;
                if (_idle.Count > capacity)
                {
                    surplus = _idle[0];
                    _idle.RemoveAt(0);
                }
            }
            isLast = _isDisposed && _rented == 0;
        }
        surplus?.Dispose();
        if (isLast)
            release();
    }

    /// <summary>Frees what is idle now, and what is in use once it is given back.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            foreach (ModelBuffers buffers in _idle)
                buffers.Dispose();
            _idle.Clear();
            if (_rented > 0)
                return;
        }
        release();
    }
}

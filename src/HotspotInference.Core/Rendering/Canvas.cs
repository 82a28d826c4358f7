namespace HotspotInference.Rendering;

/// <summary>An RGB picture to draw on; what falls outside is cut off. Not thread-safe.</summary>
sealed class Canvas
{
    readonly byte[] _rgb;

    public Canvas(int width, int height)
    {
        Width = width;
        Height = height;
        _rgb = new byte[checked(3 * width * height)];
        Fill(0, 0, width, height, Color.White);
    }

    public int Width { get; }

    public int Height { get; }

    public Color this[int x, int y]
    {
        get
        {
            int at = 3 * (y * Width + x);
            return new Color(_rgb[at], _rgb[at + 1], _rgb[at + 2]);
        }
        set
        {
            if ((uint)x >= (uint)Width || (uint)y >= (uint)Height)
                return;
            int at = 3 * (y * Width + x);
            (_rgb[at], _rgb[at + 1], _rgb[at + 2]) = (value.Red, value.Green, value.Blue);
        }
    }

    public void Fill(int left, int top, int width, int height, Color color)
    {
        for (int y = top; y < top + height; y++)
        {
            for (int x = left; x < left + width; x++)
                this[x, y] = color;
        }
    }

    /// <summary>A frame just inside a rectangle.</summary>
    public void Frame(int left, int top, int width, int height, int thickness, Color color)
    {
        Fill(left, top, width, thickness, color);
        Fill(left, top + height - thickness, width, thickness, color);
        Fill(left, top, thickness, height, color);
        Fill(left + width - thickness, top, thickness, height, color);
    }

    /// <summary>A disc with a smooth edge; centre and radius in pixels.</summary>
    public void Disc(double centerX, double centerY, double radius, Color color)
    {
        for (int y = (int)(centerY - radius - 1); y <= centerY + radius + 1; y++)
        {
            for (int x = (int)(centerX - radius - 1); x <= centerX + radius + 1; x++)
            {
                double distance = double.Hypot(x + 0.5 - centerX, y + 0.5 - centerY);
                double share = Math.Clamp(radius + 0.5 - distance, 0, 1);
                if (share > 0 && (uint)x < (uint)Width && (uint)y < (uint)Height)
                    this[x, y] = this[x, y].Towards(color, share);
            }
        }
    }

    /// <summary>A line of text; <paramref name="top"/> is the top of its capitals.</summary>
    public void Text(string text, int left, int top, int scale, Color color)
    {
        foreach (char character in text)
        {
            ReadOnlySpan<byte> glyph = BitmapFont.Glyph(character);
            for (int column = 0; column < glyph.Length; column++)
            {
                for (int row = 0; row < 8; row++)
                {
                    if ((glyph[column] >> row & 1) != 0)
                        Fill(left + column * scale, top + row * scale, scale, scale, color);
                }
            }
            left += BitmapFont.Advance * scale;
        }
    }

    /// <summary>The pixels, <c>[row, column, channel]</c>.</summary>
    public ReadOnlySpan<byte> Rgb => _rgb;

    /// <summary>The same picture on a larger canvas, white to its right and below.</summary>
    public Canvas Padded(int width, int height)
    {
        var larger = new Canvas(width, height);
        for (int y = 0; y < Height; y++)
            _rgb.AsSpan(3 * y * Width, 3 * Width).CopyTo(larger._rgb.AsSpan(3 * y * width));
        return larger;
    }

    public void WritePng(Stream stream) => PngWriter.Write(stream, Width, Height, _rgb);
}

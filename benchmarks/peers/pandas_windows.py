"""A CSV of incidents to daily 32 x 32 maps in pandas and numpy: pandas_windows.py FILE SOUTH NORTH WEST EAST

The shortest way that is still fast: named columns only, ISO times. Answers as torch_convlstm.py does; its first line is the number of incidents placed.
"""
import sys, time
import numpy, pandas

file, (south, north, west, east) = sys.argv[1], map(float, sys.argv[2:6])


def windows():
    table = pandas.read_csv(file, usecols=["timestamp", "latitude", "longitude"])
    days = (pandas.to_datetime(table["timestamp"], format="%Y-%m-%d %H:%M:%S") - pandas.Timestamp(1970, 1, 1)) // pandas.Timedelta(days=1)
    first, last = days.min(), days.max()
    maps, _ = numpy.histogramdd(
        (days, table["latitude"], table["longitude"]), bins=(last - first + 1, 32, 32),
        range=((first, last + 1), (south, north), (west, east)))
    # Row 0 is the north; every window of 16 maps is copied out, as a network is given it.
    maps = maps.astype(numpy.float32)[:, ::-1]
    total = 0.0
    for window in numpy.lib.stride_tricks.sliding_window_view(maps, 16, axis=0)[:-1]:
        total += numpy.ascontiguousarray(numpy.moveaxis(window, -1, 0))[0, 0, 0]
    return maps.sum()


print(windows(), flush=True)
for line in sys.stdin:
    calls = int(line)
    start = time.perf_counter()
    for _ in range(calls):
        windows()
    print((time.perf_counter() - start) / calls, flush=True)

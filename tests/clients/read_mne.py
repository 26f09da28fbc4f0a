"""MNE and its annotations, from BIDS events."""

import sys

import mne
import pandas

events = pandas.read_csv(sys.argv[1], sep="\t", na_values="n/a")
annotations = mne.Annotations(events["onset"], events["duration"], events["expression"].fillna("marker"))
raw = mne.io.RawArray([[0.0] * 1000], mne.create_info(1, 100.0))
raw.set_annotations(annotations)
found, _ = mne.events_from_annotations(raw)
assert len(found) == len(events) == 3

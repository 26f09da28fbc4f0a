"""What most programs need of Mien: a picture, crops, a stream or files, each in one call."""

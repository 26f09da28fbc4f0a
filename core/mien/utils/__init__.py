"""What every part of the library uses: files, folders, pictures, plain data."""

#!/bin/sh
# Installs the tested PyTorch for a Python: the build with CUDA, gigabytes larger, only where there is an NVIDIA GPU.
# Usage: pytorch.sh PYTHON
tested=$(dirname "$0")/../requirements/constraints.txt
version=$(sed -n 's/^torch==//p' "$tested")
python=$1

install() {
	"$python" -m pip install --quiet -c "$tested" "$@"
}

if [ "$(uname -s)" != Linux ]; then
	echo "Installing PyTorch $version as it is published for this system."
	install "torch==$version"
elif gpu=$(nvidia-smi --query-gpu=name --format=csv,noheader 2>/dev/null) && [ -n "$gpu" ]; then
	echo "Installing PyTorch $version with CUDA, since there is an NVIDIA GPU: $(echo "$gpu" | head -n 1)."
	install "torch==$version"
else
	echo "Installing PyTorch $version for the CPU, since nvidia-smi finds no NVIDIA GPU."
	# From where pip looks by itself, or else from PyTorch's own index.
	install "torch==$version+cpu" 2>/dev/null ||
		install "torch==$version+cpu" --extra-index-url https://download.pytorch.org/whl/cpu ||
		{
			echo "The build for the CPU cannot be had from here: this is the usual one, which may bring CUDA along."
			install "torch==$version"
		}
fi

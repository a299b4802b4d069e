# Each command does all of its own set-up, on a Debian 12 machine, as root or with sudo.
.PHONY: help setup demo run test lint format bench package sample pictures clean

PYTHON = .venv/bin/python

help:            ## Show this list
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /\1\t/' | expand -t 12

setup:           ## Install QGIS (Debian's packages) and the virtual environment
	@bash tools/setup.sh

demo: setup      ## Run the main job on the synthetic sample; results in demo-output/
	@bash tools/demo.sh

run: setup       ## Open QGIS with the plugin and the sample
	@bash tools/run.sh

test: setup      ## Run every test: unit (no QGIS), qgis, gui, e2e
	@bash tools/test.sh

lint: setup      ## Check style and types
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy analysis sources processing ui plugin.py expressions.py settings.py translation.py __init__.py

format: setup    ## Format the code
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

bench: setup     ## Compare speed and memory with QGIS's own toolbox and a plain script; prints ratios
	@bash tools/bench.sh

package: setup   ## Build the zip that QGIS installs
	@$(PYTHON) tools/package.py

sample: setup    ## Make the synthetic sample, the styles, the models and the example report anew
	$(PYTHON) tools/make_sample.py
	QT_QPA_PLATFORM=offscreen $(PYTHON) tools/make_styles.py
	QT_QPA_PLATFORM=offscreen $(PYTHON) tools/make_models.py
	QT_HASH_SEED=0 QT_QPA_PLATFORM=offscreen $(PYTHON) tools/make_example_report.py

pictures: setup  ## Take the pictures of the README anew, in a real QGIS window under Xvfb
	@bash tools/pictures.sh

clean:           ## Remove what was built
	rm -rf build demo-output .ruff_cache .mypy_cache

# For fingers used to make; everything is in ./portal.
.PHONY: help demo test check bench ci locks

help:
	@./portal --help

demo test check bench:
	@./portal $@

ci:
	@.ci/run

locks:
	@requirements/lock.sh

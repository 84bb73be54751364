# For fingers used to make; everything is in ./portal.
.PHONY: help demo test check ci locks

help:
	@./portal --help

demo test check:
	@./portal $@

ci:
	@.ci/run

locks:
	@requirements/lock.sh

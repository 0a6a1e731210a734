# Read by ctest: the environment of every test.
set(ENV{SLUICE_SANDBOX_PORT} 0)

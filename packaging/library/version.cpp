namespace sluice {

/// The library's version, so that a program can tell which one it runs with.
__attribute__((visibility("default"))) const char *libraryVersion();

const char *libraryVersion()
{
    return SLUICE_VERSION;
}

} // namespace sluice

#pragma once

namespace sluice {

/// Makes the C library of this process write and read numbers with a decimal point, whatever the person's locale; texts, dates
/// and letters keep theirs. For programs: call once, after the application object, which sets all from the environment.
void useCNumbers();

/// The same for this thread while the object lives: around calls of libraries that read numbers through the C library
/// (FFmpeg's options and filters do), as the program around ours may have a locale of its own. Cheap; may be nested.
class CNumericScope {
public:
    CNumericScope();
    ~CNumericScope();
    CNumericScope(const CNumericScope &) = delete;
    CNumericScope &operator=(const CNumericScope &) = delete;

private:
    void *m_previous; // a locale_t
};

} // namespace sluice

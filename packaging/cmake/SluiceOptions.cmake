# Options, toolchain settings and the libraries the whole house uses.

option(SLUICE_BUILD_UI "Build the window; OFF proves that core needs no widgets" ON)
option(SLUICE_BUILD_TESTS "Build the tests" ON)
option(SLUICE_BUILD_FUZZERS "Build libFuzzer targets (needs clang)" OFF)
option(SLUICE_BUILD_BENCHMARKS "Build tests/bench (needs Google Benchmark)" OFF)
set(SLUICE_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize=")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib")

include(GNUInstallDirs)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
    # The same object files serve every build folder and every checkout: paths count from the sources. The rest is what ccache asks
    # for with precompiled headers, whose time stamps say nothing.
    set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_DEPEND=true "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" CCACHE_NOHASHDIR=true
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime "${CCACHE_PROGRAM}")
endif()
find_program(MOLD_PROGRAM mold)

find_package(Qt6 6.4 REQUIRED COMPONENTS Core Network Sql WebSockets)
find_package(QCoro6 REQUIRED COMPONENTS Core Network)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Threads REQUIRED)
find_package(Protobuf REQUIRED)
find_package(gRPC CONFIG REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(SECP256K1 REQUIRED IMPORTED_TARGET libsecp256k1)
pkg_check_modules(BOTAN REQUIRED IMPORTED_TARGET botan-2)
pkg_check_modules(BROTLIDEC REQUIRED IMPORTED_TARGET libbrotlidec)
find_package(Qt6Keychain REQUIRED)
if(SLUICE_BUILD_UI)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Gui Widgets LinguistTools)
endif()
if(SLUICE_BUILD_TESTS)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
    pkg_check_modules(BROTLIENC REQUIRED IMPORTED_TARGET libbrotlienc)
endif()

# One target holds every flag, so that no room can quietly compile more loosely than another.
add_library(sluice_flags INTERFACE)
target_compile_options(sluice_flags INTERFACE
    # Some of the libraries want it, and a precompiled header serves only sources that agree about it.
    -pthread
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align
    -Wunused -Wformat=2 -Wimplicit-fallthrough -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ 12 reports these inside the standard library and coroutine frames, not in our code.
    target_compile_options(sluice_flags INTERFACE -Wno-restrict -Wno-stringop-overflow -Wno-array-bounds
        -Wno-maybe-uninitialized -Wno-dangling-pointer
        # Asio's coroutine frames come from its own allocator, which the optimiser's view of new and delete does not know.
        -Wno-mismatched-new-delete -Wno-free-nonheap-object)
endif()
target_compile_definitions(sluice_flags INTERFACE
    QT_NO_CAST_FROM_BYTEARRAY QT_NO_FOREACH QT_NO_KEYWORDS QT_DEPRECATED_WARNINGS
    BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION)
if(SLUICE_SANITIZE)
    if(SLUICE_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(sluice_flags INTERFACE -Wno-tsan) # Asio's fences, which the sanitizer does not follow
    endif()
    target_compile_options(sluice_flags INTERFACE -fsanitize=${SLUICE_SANITIZE} -fno-omit-frame-pointer)
    if(CMAKE_CXX_COMPILER_ID MATCHES "Clang" AND SLUICE_SANITIZE MATCHES "undefined")
        # clang 14 cannot mark coroutines for this check ("Cannot represent a difference across sections").
        target_compile_options(sluice_flags INTERFACE -fno-sanitize=function)
    endif()
    target_link_options(sluice_flags INTERFACE -fsanitize=${SLUICE_SANITIZE})
elseif(MOLD_PROGRAM)
    target_link_options(sluice_flags INTERFACE -fuse-ld=mold)
endif()

# Precompiled headers, shared by all targets of one kind. They hold only headers of others, never the house's: a wall between rooms
# stands as before. Every source includes what it uses: clang-tidy and the fuzzers are built without.

# g++ alone: clang reads no header that g++ precompiled, and clang-tidy and the fuzzers see each source whole.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT CMAKE_CXX_CLANG_TIDY)
    option(SLUICE_PCH "Use precompiled headers" ON)
elseif(SLUICE_PCH)
    message(FATAL_ERROR "SLUICE_PCH goes with g++ alone, without clang-tidy.")
endif()

# sluice_precompiled_kind(<kind> [PUBLIC] HEADERS ... LIBS ...): for targets that link LIBS, and with PUBLIC for rooms of the public
# library, because what is declared carries its visibility.
function(sluice_precompiled_kind kind)
    cmake_parse_arguments(K "PUBLIC" "" "HEADERS;LIBS" ${ARGN})
    set(target sluice_precompiled_${kind})
    file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/precompiled/empty.cpp" CONTENT "" @ONLY)
    add_library(${target} OBJECT EXCLUDE_FROM_ALL "${CMAKE_BINARY_DIR}/precompiled/empty.cpp")
    target_link_libraries(${target} PRIVATE sluice_flags ${K_LIBS})
    target_precompile_headers(${target} PRIVATE ${K_HEADERS})
    if(K_PUBLIC)
        set_target_properties(${target} PROPERTIES CXX_VISIBILITY_PRESET default VISIBILITY_INLINES_HIDDEN OFF)
    endif()
endfunction()

# sluice_precompiled(<target> <kind>): the target's sources begin with the headers of that kind.
function(sluice_precompiled target kind)
    if(SLUICE_PCH)
        target_precompile_headers(${target} REUSE_FROM sluice_precompiled_${kind})
    endif()
endfunction()

if(NOT SLUICE_PCH)
    return()
endif()
# A test's own code runs for moments, and optimising it would take seconds.
set(SLUICE_TEST_OPTIONS $<$<CONFIG:Release>:-O1>)
if(SLUICE_BUILD_TESTS)
    # Without the two folders that it adds for QFINDTESTDATA, which nobody uses: they differ from test to test, and the header reads them.
    set_property(TARGET Qt6::Test PROPERTY INTERFACE_COMPILE_DEFINITIONS QT_TESTLIB_LIB)
endif()
# g++ instantiates at the end of each source what inline functions of its headers use, precompiled or not; so a kind has what most of
# its sources include, and no more.
set(core_headers <algorithm> <array> <atomic> <chrono> <cstring> <deque> <functional> <limits> <map> <memory> <mutex> <optional>
    <string> <utility> <vector>
    <QtCore/QByteArray> <QtCore/QByteArrayView> <QtCore/QHash> <QtCore/QList> <QtCore/QObject> <QtCore/QSet> <QtCore/QString>
    <QtCore/QStringList> <QtCore/QUrl>)
set(async_headers ${core_headers} <QtCore/QDateTime> <QtCore/QFuture> <QtCore/QPromise> <QCoro/QCoroTask> <QCoro/QCoroFuture>)
set(asio_headers <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp> <boost/asio/detached.hpp> <boost/asio/io_context.hpp>
    <boost/asio/ip/tcp.hpp> <boost/asio/steady_timer.hpp> <boost/asio/use_awaitable.hpp>)
set(number_headers <boost/multiprecision/cpp_int.hpp>)

sluice_precompiled_kind(public_core PUBLIC LIBS Qt6::Core HEADERS ${core_headers})
sluice_precompiled_kind(public_async PUBLIC LIBS Qt6::Core QCoro6::Core HEADERS ${async_headers})
sluice_precompiled_kind(async LIBS Qt6::Core QCoro6::Core HEADERS ${async_headers})
sluice_precompiled_kind(public_asio PUBLIC LIBS Qt6::Core Qt6::Network Boost::headers HEADERS ${core_headers} ${asio_headers})
sluice_precompiled_kind(numbers LIBS Qt6::Core Boost::headers HEADERS ${core_headers} ${number_headers})
sluice_precompiled_kind(protocol LIBS Qt6::Core Qt6::Network QCoro6::Core Boost::headers
    HEADERS ${async_headers} ${asio_headers} ${number_headers})
if(SLUICE_BUILD_UI)
    set(ui_headers ${core_headers} <QtGui/QKeyEvent> <QtGui/QPainter> <QtWidgets/QApplication> <QtWidgets/QBoxLayout> <QtWidgets/QLabel>
        <QtWidgets/QLineEdit> <QtWidgets/QPushButton> <QtWidgets/QToolButton> <QtWidgets/QWidget>)
    sluice_precompiled_kind(ui LIBS Qt6::Core Qt6::Gui Qt6::Widgets HEADERS ${ui_headers})
endif()
if(SLUICE_BUILD_TESTS)
    set(test_headers ${core_headers} <thread> <QtCore/QElapsedTimer> <QtCore/QFile> <QtCore/QTemporaryDir> <QtTest/QSignalSpy> <QtTest/QTest>)
    sluice_precompiled_kind(test LIBS Qt6::Core Qt6::Test HEADERS ${test_headers})
    sluice_precompiled_kind(test_protocol LIBS Qt6::Core Qt6::Test Qt6::Network QCoro6::Core Boost::headers
        HEADERS ${test_headers} ${async_headers} ${asio_headers} ${number_headers})
    if(SLUICE_BUILD_UI)
        sluice_precompiled_kind(test_ui LIBS Qt6::Core Qt6::Test Qt6::Network Qt6::Gui Qt6::Widgets HEADERS ${test_headers} ${ui_headers})
    endif()
    foreach(kind test test_protocol test_ui)
        if(TARGET sluice_precompiled_${kind})
            target_compile_options(sluice_precompiled_${kind} PRIVATE ${SLUICE_TEST_OPTIONS})
        endif()
    endforeach()
endif()

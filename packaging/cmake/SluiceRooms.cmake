# sluice_room(<name> SOURCES ... [PUBLIC ...] [PRIVATE ...])
#
# A room is one folder and one static library. Its headers are included as "sluice/<name>/<header>.h" and are
# visible only to rooms that link it: the include path of a room is a directory holding one link, to that room.
# So a wrong include does not build.
function(sluice_room name)
    cmake_parse_arguments(R "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    set(target sluice_${name})
    add_library(${target} STATIC ${R_SOURCES})
    add_library(Sluice::${name} ALIAS ${target})
    set(link_dir "${CMAKE_BINARY_DIR}/rooms/${name}/sluice")
    file(MAKE_DIRECTORY "${link_dir}")
    file(CREATE_LINK "${CMAKE_CURRENT_SOURCE_DIR}" "${link_dir}/${name}" SYMBOLIC)
    target_include_directories(${target} PUBLIC "$<BUILD_INTERFACE:${CMAKE_BINARY_DIR}/rooms/${name}>")
    set_target_properties(${target} PROPERTIES AUTOMOC ON)
    target_link_libraries(${target} PUBLIC ${R_PUBLIC} PRIVATE sluice_flags ${R_PRIVATE})
endfunction()

# sluice_test(<name> SOURCES ... LIBS ...)
#
# One Qt Test executable and one ctest entry. Widgets tests run off-screen unless the caller says otherwise. With LOCALES it also
# runs where decimals have a comma (NAME_de_DE) and where the small letter of I is another one (NAME_tr_TR): whatever touches
# numbers, texts or case. LOCALE_CASES names the test functions that do, where the others would only take time.
function(sluice_test name)
    cmake_parse_arguments(T "LOCALES" "TIMEOUT" "SOURCES;LIBS;LABELS;LOCALE_CASES" ${ARGN})
    add_executable(${name} ${T_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    target_compile_definitions(${name} PRIVATE SLUICE_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data"
        SLUICE_SOURCE_DIR="${PROJECT_SOURCE_DIR}" SLUICE_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
    target_link_libraries(${name} PRIVATE sluice_flags Qt6::Test ${T_LIBS})
    if(NOT T_TIMEOUT)
        set(T_TIMEOUT 120)
    endif()
    set(environment "QT_QPA_PLATFORM=offscreen;QT_FORCE_STDERR_LOGGING=1;LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/sanitizers/lsan.supp:print_suppressions=0;TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/sanitizers/tsan.supp:second_deadlock_stack=1:die_after_fork=0")
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT ${T_TIMEOUT} LABELS "${T_LABELS}" ENVIRONMENT "${environment}")
    if(T_LOCALES OR T_LOCALE_CASES)
        foreach(locale de_DE tr_TR)
            add_test(NAME ${name}_${locale} COMMAND ${name} ${T_LOCALE_CASES})
            set_tests_properties(${name}_${locale} PROPERTIES TIMEOUT ${T_TIMEOUT} LABELS "${T_LABELS};locale"
                ENVIRONMENT "${environment};LC_ALL=${locale}.UTF-8;LANGUAGE=")
        endforeach()
    endif()
endfunction()

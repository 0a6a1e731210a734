# Rooms of the public library; everything else hides its symbols.
set(SLUICE_PUBLIC_ROOMS base net trickle media backend livepeer openai gateway runner)

# sluice_room(<name> SOURCES ... [PUBLIC ...] [PRIVATE ...] [PRECOMPILED <kind>])
#
# A room is one folder and one static library. Its headers are included as "sluice/<name>/<header>.h" and are
# visible only to rooms that link it: the include path of a room is a directory holding one link, to that room.
# So a wrong include does not build. PRECOMPILED is a kind of SluicePrecompiled.cmake; what SLUICE_PRECOMPILED names is the folder's own.
function(sluice_room name)
    cmake_parse_arguments(R "" "PRECOMPILED" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    set(target sluice_${name})
    add_library(${target} STATIC ${R_SOURCES})
    add_library(Sluice::${name} ALIAS ${target})
    set(link_dir "${CMAKE_BINARY_DIR}/rooms/${name}/sluice")
    file(MAKE_DIRECTORY "${link_dir}")
    file(CREATE_LINK "${CMAKE_CURRENT_SOURCE_DIR}" "${link_dir}/${name}" SYMBOLIC)
    target_include_directories(${target} PUBLIC "$<BUILD_INTERFACE:${CMAKE_BINARY_DIR}/rooms/${name}>")
    set_target_properties(${target} PROPERTIES AUTOMOC ON)
    target_link_libraries(${target} PUBLIC ${R_PUBLIC} PRIVATE sluice_flags ${R_PRIVATE})
    if(name IN_LIST SLUICE_PUBLIC_ROOMS)
        # Everything in a public room is meant to be seen; the rest of the house keeps its symbols hidden.
        set_target_properties(${target} PROPERTIES CXX_VISIBILITY_PRESET default VISIBILITY_INLINES_HIDDEN OFF)
    endif()
    if(NOT R_PRECOMPILED)
        set(R_PRECOMPILED ${SLUICE_PRECOMPILED})
    endif()
    sluice_precompiled(${target} ${R_PRECOMPILED})
endfunction()

# What a target that links LIBS sees of other targets: sluice_seen(<variable> LIBS...)
function(sluice_seen out)
    set(seen)
    set(open ${ARGN})
    while(open)
        list(POP_FRONT open lib)
        if(lib IN_LIST seen OR NOT TARGET ${lib})
            continue()
        endif()
        list(APPEND seen ${lib})
        get_target_property(further ${lib} INTERFACE_LINK_LIBRARIES)
        if(further)
            list(APPEND open ${further})
        endif()
    endwhile()
    set(${out} ${seen} PARENT_SCOPE)
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
    target_compile_options(${name} PRIVATE ${SLUICE_TEST_OPTIONS})
    # Its objects are named in the sources (.moc), so what moc leaves here is empty.
    set_source_files_properties("${CMAKE_CURRENT_BINARY_DIR}/${name}_autogen/mocs_compilation.cpp" PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
    target_compile_definitions(${name} PRIVATE SLUICE_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data"
        SLUICE_SOURCE_DIR="${PROJECT_SOURCE_DIR}" SLUICE_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
    target_link_libraries(${name} PRIVATE sluice_flags Qt6::Test ${T_LIBS})
    # Qt Test has more for who has Gui or Network, so these must be as they were for the headers; the few others go without.
    sluice_seen(seen ${T_LIBS})
    list(FILTER seen INCLUDE REGEX "^(Qt6::(Widgets|Gui|Network)|Sluice::net)$")
    list(SORT seen)
    if(seen MATCHES "Qt6::Gui.*Qt6::Network.*Qt6::Widgets")
        sluice_precompiled(${name} test_ui)
    elseif(seen STREQUAL "Qt6::Network;Sluice::net")
        sluice_precompiled(${name} test_protocol)
    elseif(seen STREQUAL "")
        sluice_precompiled(${name} test)
    endif()
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

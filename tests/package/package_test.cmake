# SPDX-License-Identifier: Apache-2.0
# In: PROJECT, BUILD (a finished build), WORK (a folder of ours), COMPILER, VERSION. Fails where the installed fbss cannot be
# used by a stranger, or where it needs more than it says.
set(prefix "${WORK}/an install prefix")
file(REMOVE_RECURSE "${prefix}" "${WORK}/by_cmake" "${WORK}/moved prefix")

function(run)
  execute_process(COMMAND ${ARGN} OUTPUT_VARIABLE out ERROR_VARIABLE err RESULT_VARIABLE code)
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "failed (${code}): ${ARGN}\n${out}${err}")
  endif()
  set(printed "${out}" PARENT_SCOPE)
endfunction()

function(expect_example_output how)
  foreach(expected IN ITEMS "Still to be asked:\n" "  osteoporosis\n" "Findings:\n" "  rf_smoking: absent\n"
                            "  rf_multiple_prior_surgeries: absent\n" "  rf_diabetes: unknown\n"
                            "At least 0, at most 7 of 9 listed factors.\n")
    string(FIND "${printed}" "${expected}" at)
    if(at EQUAL -1)
      message(FATAL_ERROR "built ${how}, examples/cpp did not print\n${expected}\nbut\n${printed}")
    endif()
  endforeach()
endfunction()

run(${CMAKE_COMMAND} --install "${BUILD}" --prefix "${prefix}")
# An install tree must work where it is moved to.
file(RENAME "${prefix}" "${WORK}/moved prefix")
set(prefix "${WORK}/moved prefix")

run(${CMAKE_COMMAND} -S "${PROJECT}/examples/cpp" -B "${WORK}/by_cmake" -G Ninja "-DCMAKE_PREFIX_PATH=${prefix}"
    -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_FIND_PACKAGE_NO_PACKAGE_REGISTRY=ON -Wno-dev)
run(${CMAKE_COMMAND} --build "${WORK}/by_cmake")
run("${WORK}/by_cmake/example")
expect_example_output("by find_package")

file(GLOB_RECURSE pc "${prefix}/*/fbss.pc")
cmake_path(GET pc PARENT_PATH pc_dir)
set(ENV{PKG_CONFIG_PATH} "${pc_dir}")
run(pkg-config --modversion fbss)
string(STRIP "${printed}" printed)
if(NOT printed STREQUAL VERSION)
  message(FATAL_ERROR "pkg-config says version ${printed}, not ${VERSION}")
endif()
run(pkg-config --static --cflags --libs fbss)
separate_arguments(flags UNIX_COMMAND "${printed}")
run(${COMPILER} -std=c++20 "${PROJECT}/examples/cpp/main.cpp" ${flags} -o "${WORK}/by_pkg_config")
file(GLOB_RECURSE shared "${prefix}/*/libfbss.so")
if(shared)
  cmake_path(GET shared PARENT_PATH shared_dir)
  set(ENV{LD_LIBRARY_PATH} "${shared_dir}")
endif()
run("${WORK}/by_pkg_config")
expect_example_output("by pkg-config")

# No dependency stands in a public header or in the package file but as a library to link.
file(GLOB_RECURSE package_files "${prefix}/*/fbssConfig*.cmake")
foreach(file IN LISTS package_files)
  file(READ "${file}" text)
  if(text MATCHES "find_dependency|fbss_policy|fbss_base|${PROJECT}|${BUILD}")
    message(FATAL_ERROR "${file} holds ${CMAKE_MATCH_0}")
  endif()
endforeach()

# SPDX-License-Identifier: Apache-2.0
# What `cmake --install` gives: headers, library, program, CMake package (fbss::fbss) and pkg-config file. The packages
# that the library is made of stand in no public header, so a consumer needs only their libraries, and those only where
# fbss is static.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(TARGETS fbss EXPORT fbss
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
        RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
if(TARGET fbss_program)
  set_target_properties(fbss_program PROPERTIES INSTALL_RPATH "\$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")
  install(TARGETS fbss_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/fbss DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        FILES_MATCHING PATTERN "*.h" PATTERN "*.hpp" PATTERN "*.def")
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

# The exported targets are the whole package file: there is no other package that a consumer would have to find.
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/fbss)
install(EXPORT fbss NAMESPACE fbss:: FILE fbssConfig.cmake DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/fbssConfigVersion.cmake COMPATIBILITY SameMajorVersion)
install(FILES ${PROJECT_BINARY_DIR}/fbssConfigVersion.cmake DESTINATION ${package_dir})

# Libs.private is the library's own link list, so that it is written once.
get_target_property(linked fbss LINK_LIBRARIES)
list(FILTER linked EXCLUDE REGEX "[:<]")
list(TRANSFORM linked PREPEND -l)
list(JOIN linked " " private_libs)
# The prefix is told relative to the file, so that an install tree may be moved.
file(RELATIVE_PATH prefix_from_pc /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
string(REGEX REPLACE "/$" "" prefix_from_pc ${prefix_from_pc})
configure_file(${PROJECT_SOURCE_DIR}/cmake/fbss.pc.in ${PROJECT_BINARY_DIR}/fbss.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/fbss.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

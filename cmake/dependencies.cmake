include(cmake/embed.cmake)

# Everything comes from Debian packages; ./dev names and installs them.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(PNG REQUIRED)
find_package(JPEG REQUIRED)
find_package(ZLIB REQUIRED)
pkg_check_modules(cjson REQUIRED IMPORTED_TARGET libcjson)

# OpenBLAS with threads, of which core/dense.c asks for none: our threads are the program's own, and at these sizes its
# pool loses. It must be this flavour all the same: the serial one has no locks, and gives wrong products to two callers at
# once. All flavours' shared objects have the same name, so the run path says which one.
find_path(OPENBLAS_PTHREAD_INCLUDE cblas.h REQUIRED NO_DEFAULT_PATH
    PATHS /usr/include/${CMAKE_LIBRARY_ARCHITECTURE}/openblas-pthread)
find_library(OPENBLAS_PTHREAD_LIBRARY openblas REQUIRED NO_DEFAULT_PATH
    PATHS /usr/lib/${CMAKE_LIBRARY_ARCHITECTURE}/openblas-pthread)
cmake_path(GET OPENBLAS_PTHREAD_LIBRARY PARENT_PATH OPENBLAS_FOLDER)
add_library(openblas INTERFACE)
target_include_directories(openblas SYSTEM INTERFACE ${OPENBLAS_PTHREAD_INCLUDE})
target_link_libraries(openblas INTERFACE ${OPENBLAS_PTHREAD_LIBRARY})
target_link_options(openblas INTERFACE -Wl,-rpath,${OPENBLAS_FOLDER})

if(SCOREFIELD_WINDOW)
    pkg_check_modules(sdl2 REQUIRED IMPORTED_TARGET sdl2)
    pkg_check_modules(sdl2_ttf REQUIRED IMPORTED_TARGET SDL2_ttf)
    pkg_check_modules(epoxy REQUIRED IMPORTED_TARGET epoxy)
    pkg_check_modules(fontconfig REQUIRED IMPORTED_TARGET fontconfig)
    pkg_check_modules(harfbuzz REQUIRED IMPORTED_TARGET harfbuzz)

    function(require_font package path)
        if(NOT EXISTS /usr/share/fonts/${path})
            message(FATAL_ERROR "The font /usr/share/fonts/${path} is missing: install the package ${package}.")
        endif()
        set_property(GLOBAL APPEND PROPERTY SCOREFIELD_FONTS /usr/share/fonts/${path})
    endfunction()
    require_font(fonts-inter opentype/inter/Inter-Regular.otf)
    require_font(fonts-inter opentype/inter/Inter-SemiBold.otf)
    require_font(fonts-jetbrains-mono truetype/jetbrains-mono/JetBrainsMono-Regular.ttf)
    require_font(fonts-noto-core truetype/noto/NotoSansMath-Regular.ttf)
    require_font(fonts-dejavu-core truetype/dejavu/DejaVuSans.ttf)
    require_font(fonts-stix opentype/stix/STIXGeneral-Regular.otf)
    require_font(fonts-stix opentype/stix/STIXSizeOneSym-Regular.otf)
    require_font(fonts-stix opentype/stix/STIXSizeTwoSym-Regular.otf)
    require_font(fonts-stix opentype/stix/STIXSizeThreeSym-Regular.otf)
    require_font(fonts-stix opentype/stix/STIXIntegralsD-Regular.otf)
    get_property(SCOREFIELD_FONTS GLOBAL PROPERTY SCOREFIELD_FONTS)

    # Shaders and fonts travel inside the program, so that it runs from the build tree, from any prefix and in tests.
    file(GLOB shaders CONFIGURE_DEPENDS shaders/*.vert shaders/*.frag)
    embed_files(embedded ${shaders} ${SCOREFIELD_FONTS})
endif()

# Trained networks, also where there is no window: ./dev weights makes them.
file(GLOB learned CONFIGURE_DEPENDS assets/weights/*.safetensors)
embed_files(learned ${learned})

# Lessons too, also where there is no window.
file(GLOB lessons CONFIGURE_DEPENDS assets/lessons/*.lesson)
embed_files(lessons ${lessons})

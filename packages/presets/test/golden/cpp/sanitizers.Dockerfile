FROM debian:trixie-slim AS build
WORKDIR /src
ARG SOURCE_DATE_EPOCH=0
RUN apt-get update \
    && apt-get install -y --no-install-recommends clang cmake libclang-rt-dev ninja-build \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
ENV CC=clang \
    CXX=clang++
RUN --mount=type=bind,target=. \
    cmake -S . -B /build -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_FLAGS="-fsanitize=address,undefined -fno-omit-frame-pointer" -DCMAKE_CXX_FLAGS="-fsanitize=address,undefined -fno-omit-frame-pointer" -DCMAKE_EXE_LINKER_FLAGS="-fsanitize=address,undefined -fno-omit-frame-pointer" \
    && cmake --build /build \
    && cmake --install /build --prefix /out \
    && find /out/bin/server -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/cc-debian13:nonroot
WORKDIR /
COPY --from=build /out/bin/server /server
ENTRYPOINT ["/server"]

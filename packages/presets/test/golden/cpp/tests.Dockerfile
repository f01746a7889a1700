ARG GCC_VERSION=14

FROM gcc:${GCC_VERSION}-trixie AS build
WORKDIR /src
ARG SOURCE_DATE_EPOCH=0
RUN apt-get update \
    && apt-get install -y --no-install-recommends cmake ninja-build \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
RUN --mount=type=bind,target=. \
    cmake -S . -B /build -G Ninja -DCMAKE_BUILD_TYPE=Release \
    && cmake --build /build \
    && cmake --install /build --prefix /out --strip \
    && find /out/bin/server -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM build AS test
RUN --mount=type=bind,target=. ctest --test-dir /build --output-on-failure

FROM gcr.io/distroless/cc-debian13:nonroot
WORKDIR /
COPY --from=test /out/bin/server /server
ENTRYPOINT ["/server"]

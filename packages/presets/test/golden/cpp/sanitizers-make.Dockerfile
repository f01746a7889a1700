FROM debian:trixie-slim AS build
WORKDIR /src
ARG SOURCE_DATE_EPOCH=0
RUN apt-get update \
    && apt-get install -y --no-install-recommends clang libclang-rt-dev make \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
ENV CC=clang \
    CXX=clang++
RUN --mount=type=bind,target=. \
    cp -R . /build \
    && make -C /build CFLAGS="-g -O0 -fsanitize=undefined -fno-omit-frame-pointer" CXXFLAGS="-g -O0 -fsanitize=undefined -fno-omit-frame-pointer" LDFLAGS="-fsanitize=undefined -fno-omit-frame-pointer" \
    && make -C /build install PREFIX= DESTDIR=/out \
    && find /out/bin/server -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/cc-debian13:nonroot
WORKDIR /
COPY --from=build /out/bin/server /server
ENTRYPOINT ["/server"]

ARG BUN_VERSION=1.4

FROM oven/bun:${BUN_VERSION} AS build
WORKDIR /app
RUN --mount=type=cache,id=bun,target=/root/.bun/install/cache \
    --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=bun.lock,target=bun.lock \
    bun install --frozen-lockfile
COPY . .
ARG SOURCE_DATE_EPOCH=0
RUN bun build --compile --minify --outfile /out/server src/index.ts \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM build AS test
RUN bun test

FROM gcr.io/distroless/base-nossl-debian13:nonroot
COPY --from=test /out/ /
WORKDIR /
ENTRYPOINT ["/server"]

ARG BUN_VERSION=1.4

FROM oven/bun:${BUN_VERSION} AS deps
WORKDIR /app
ARG SOURCE_DATE_EPOCH=0
RUN --mount=type=cache,id=bun,target=/root/.bun/install/cache \
    --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=bun.lock,target=bun.lock \
    bun install --frozen-lockfile --production \
    && mkdir -p node_modules /out/app \
    && mv node_modules /out/app/ \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM oven/bun:${BUN_VERSION} AS build
WORKDIR /app
RUN --mount=type=cache,id=bun,target=/root/.bun/install/cache \
    --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=bun.lock,target=bun.lock \
    bun install --frozen-lockfile
COPY . .
ARG SOURCE_DATE_EPOCH=0
RUN mkdir -p /out/app \
    && cp -R --parents package.json src /out/app \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM oven/bun:1.4-slim
ENV NODE_ENV=production
COPY --from=deps /out/ /
COPY --from=build /out/ /
WORKDIR /app
EXPOSE 3000
USER 1000:1000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --retries=3 CMD ["bun", "-e", "fetch('http://127.0.0.1:3000/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
ENTRYPOINT ["bun"]
CMD ["src/index.ts"]

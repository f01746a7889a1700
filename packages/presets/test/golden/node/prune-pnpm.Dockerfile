ARG NODE_VERSION=24

FROM node:${NODE_VERSION}-trixie-slim AS base
WORKDIR /app
ENV CI=true \
    NPM_CONFIG_UPDATE_NOTIFIER=false \
    NPM_CONFIG_FUND=false \
    NPM_CONFIG_AUDIT=false
RUN npm install --global pnpm@10.34.9

FROM base AS build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=pnpm-lock.yaml,target=pnpm-lock.yaml \
    pnpm install --frozen-lockfile --store-dir /pnpm/store
COPY . .
ARG SOURCE_DATE_EPOCH=0
RUN pnpm run build \
    && mkdir -p /out/app \
    && cp -R --parents package.json dist /out/app \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM build AS deps
RUN pnpm --config.store-dir=/pnpm/store prune --prod \
    && rm -rf /out \
    && rm -f node_modules/.modules.yaml node_modules/.pnpm-workspace-state-v1.json \
    && mkdir -p node_modules /out/app \
    && mv node_modules /out/app/ \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/nodejs24-debian13:nonroot
ENV NODE_ENV=production
COPY --from=deps /out/ /
COPY --from=build /out/ /
WORKDIR /app
CMD ["dist/server.js"]

ARG NODE_VERSION=24

FROM node:${NODE_VERSION}-trixie-slim AS base
WORKDIR /app
ENV CI=true \
    NPM_CONFIG_UPDATE_NOTIFIER=false \
    NPM_CONFIG_FUND=false \
    NPM_CONFIG_AUDIT=false

FROM base AS build
RUN --mount=type=cache,id=npm,target=/root/.npm \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=packages/log/package.json,target=packages/log/package.json \
    --mount=type=bind,source=services/api/package.json,target=services/api/package.json \
    --mount=type=bind,source=services/web/package.json,target=services/web/package.json \
    npm ci --ignore-scripts --include-workspace-root --workspace services/api
COPY package-lock.json ./package-lock.json
COPY package.json ./package.json
COPY packages/log/package.json ./packages/log/package.json
COPY services/api/package.json ./services/api/package.json
COPY services/web/package.json ./services/web/package.json
COPY packages/log ./packages/log
COPY services/api ./services/api
RUN npm run build --workspace packages/log \
    && npm run build --workspace services/api

FROM build AS test
RUN npm run test --workspace services/api

FROM test AS deploy
ARG SOURCE_DATE_EPOCH=0
RUN --mount=type=cache,id=npm,target=/root/.npm \
    npm ci --omit=dev --ignore-scripts --include-workspace-root --workspace services/api \
    && mkdir -p node_modules /out/app \
    && cp -R --parents package.json node_modules packages/log services/api /out/app \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/nodejs24-debian13:nonroot
ENV NODE_ENV=production
COPY --from=deploy /out/ /
WORKDIR /app
CMD ["services/api/dist/server.js"]

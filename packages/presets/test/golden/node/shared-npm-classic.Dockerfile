ARG NODE_VERSION=24

FROM node:${NODE_VERSION}-trixie-slim AS base
WORKDIR /app
ENV CI=true \
    NPM_CONFIG_UPDATE_NOTIFIER=false \
    NPM_CONFIG_FUND=false \
    NPM_CONFIG_AUDIT=false

FROM base AS build
COPY package-lock.json package.json ./
COPY packages/log/package.json ./packages/log/package.json
COPY services/api/package.json ./services/api/package.json
COPY services/web/package.json ./services/web/package.json
RUN npm ci --include-workspace-root --workspace services/api
COPY package-lock.json ./package-lock.json
COPY package.json ./package.json
COPY packages/log/package.json ./packages/log/package.json
COPY services/api/package.json ./services/api/package.json
COPY services/web/package.json ./services/web/package.json
COPY packages/log ./packages/log
COPY services/api ./services/api
RUN npm run build --workspace packages/log \
    && npm run build --workspace services/api

FROM build AS deploy
ARG SOURCE_DATE_EPOCH=0
RUN npm ci --omit=dev --include-workspace-root --workspace services/api \
    && mkdir -p node_modules /out/app \
    && cp -R --parents package.json node_modules packages/log services/api /out/app \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/nodejs24-debian13:nonroot
ENV NODE_ENV=production
COPY --from=deploy /out/ /
WORKDIR /app
CMD ["services/api/dist/server.js"]

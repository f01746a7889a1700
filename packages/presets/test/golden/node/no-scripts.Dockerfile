ARG NODE_VERSION=24

FROM node:${NODE_VERSION}-trixie-slim AS base
WORKDIR /app
ENV CI=true \
    NPM_CONFIG_UPDATE_NOTIFIER=false \
    NPM_CONFIG_FUND=false \
    NPM_CONFIG_AUDIT=false

FROM base AS deps
ARG SOURCE_DATE_EPOCH=0
RUN --mount=type=cache,id=npm,target=/root/.npm \
    --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    npm ci --omit=dev --ignore-scripts \
    && mkdir -p node_modules /out/app \
    && mv node_modules /out/app/ \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM base AS build
RUN --mount=type=cache,id=npm,target=/root/.npm \
    --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    npm ci --ignore-scripts
COPY . .
ARG SOURCE_DATE_EPOCH=0
RUN npm run build \
    && mkdir -p /out/app \
    && cp -R --parents package.json dist /out/app \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/nodejs24-debian13:nonroot
ENV NODE_ENV=production
COPY --from=deps /out/ /
COPY --from=build /out/ /
WORKDIR /app
CMD ["dist/server.js"]

ARG NODE_VERSION=24

FROM node:${NODE_VERSION}-trixie-slim AS base
WORKDIR /app
ENV CI=true \
    NPM_CONFIG_UPDATE_NOTIFIER=false \
    NPM_CONFIG_FUND=false \
    NPM_CONFIG_AUDIT=false
RUN npm install --global pnpm@10.34.9

FROM base AS build
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY packages/log/package.json ./packages/log/package.json
COPY services/api/package.json ./services/api/package.json
RUN pnpm install --frozen-lockfile --store-dir /pnpm/store --filter "api..."
COPY package.json ./package.json
COPY pnpm-lock.yaml ./pnpm-lock.yaml
COPY pnpm-workspace.yaml ./pnpm-workspace.yaml
COPY packages/log ./packages/log
COPY services/api ./services/api
ARG SOURCE_DATE_EPOCH=0
RUN pnpm --filter "api..." --if-present run build \
    && pnpm --config.store-dir=/pnpm/store --filter "api" deploy --prod --legacy /out/app \
    && rm -f /out/app/node_modules/.modules.yaml /out/app/node_modules/.pnpm-workspace-state-v1.json \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/nodejs24-debian13:nonroot
ENV NODE_ENV=production
COPY --from=build /out/ /
WORKDIR /app
CMD ["dist/server.js"]

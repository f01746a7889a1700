ARG NODE_VERSION=24

FROM node:${NODE_VERSION}-trixie-slim AS base
WORKDIR /app
ENV CI=true \
    NPM_CONFIG_UPDATE_NOTIFIER=false \
    NPM_CONFIG_FUND=false \
    NPM_CONFIG_AUDIT=false
RUN npm install --global @yarnpkg/cli-dist@4.5.1

FROM base AS deps
ARG SOURCE_DATE_EPOCH=0
RUN --mount=type=cache,id=yarn-berry,target=/root/.yarn/berry/cache \
    --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=yarn.lock,target=yarn.lock \
    --mount=type=bind,source=.yarnrc.yml,target=.yarnrc.yml \
    yarn workspaces focus --all --production \
    && mkdir -p node_modules /out/app \
    && mv node_modules /out/app/ \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM base AS build
RUN --mount=type=cache,id=yarn-berry,target=/root/.yarn/berry/cache \
    --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=yarn.lock,target=yarn.lock \
    --mount=type=bind,source=.yarnrc.yml,target=.yarnrc.yml \
    yarn install --immutable
COPY . .
ARG SOURCE_DATE_EPOCH=0
RUN yarn run build \
    && mkdir -p /out/app \
    && cp -R --parents package.json dist /out/app \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/nodejs24-debian13:nonroot
ENV NODE_ENV=production
COPY --from=deps /out/ /
COPY --from=build /out/ /
WORKDIR /app
CMD ["dist/server.js"]

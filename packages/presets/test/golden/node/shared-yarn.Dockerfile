ARG NODE_VERSION=24

FROM node:${NODE_VERSION}-trixie-slim AS base
WORKDIR /app
ENV CI=true \
    NPM_CONFIG_UPDATE_NOTIFIER=false \
    NPM_CONFIG_FUND=false \
    NPM_CONFIG_AUDIT=false
RUN npm install --global @yarnpkg/cli-dist@4.12.0

FROM base AS build
RUN --mount=type=cache,id=yarn-berry,target=/root/.yarn/berry/cache \
    --mount=type=bind,source=.yarnrc.yml,target=.yarnrc.yml \
    --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=packages/log/package.json,target=packages/log/package.json \
    --mount=type=bind,source=services/api/package.json,target=services/api/package.json \
    --mount=type=bind,source=services/web/package.json,target=services/web/package.json \
    --mount=type=bind,source=yarn.lock,target=yarn.lock \
    YARN_ENABLE_SCRIPTS=0 yarn install --immutable
COPY .yarnrc.yml ./.yarnrc.yml
COPY package.json ./package.json
COPY packages/log/package.json ./packages/log/package.json
COPY services/api/package.json ./services/api/package.json
COPY services/web/package.json ./services/web/package.json
COPY yarn.lock ./yarn.lock
COPY packages/log ./packages/log
COPY services/api ./services/api
RUN yarn workspace @shop/log run build \
    && yarn workspace api run build

FROM build AS test
RUN yarn workspace api run test

FROM test AS deploy
ARG SOURCE_DATE_EPOCH=0
RUN --mount=type=cache,id=yarn-berry,target=/root/.yarn/berry/cache \
    YARN_ENABLE_SCRIPTS=0 yarn workspaces focus api --production \
    && mkdir -p node_modules /out/app \
    && cp -R --parents package.json node_modules packages/log services/api /out/app \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/nodejs24-debian13:nonroot
ENV NODE_ENV=production
COPY --from=deploy /out/ /
WORKDIR /app
CMD ["services/api/dist/server.js"]

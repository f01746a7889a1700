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
    && mkdir -p node_modules \
    && find node_modules -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM base AS build
RUN --mount=type=cache,id=yarn-berry,target=/root/.yarn/berry/cache \
    --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=yarn.lock,target=yarn.lock \
    --mount=type=bind,source=.yarnrc.yml,target=.yarnrc.yml \
    yarn install --immutable
COPY . .
ARG SOURCE_DATE_EPOCH=0
RUN yarn run build \
    && find dist -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/nodejs24-debian13:nonroot
ENV NODE_ENV=production
WORKDIR /app
COPY --from=deps /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json ./
CMD ["dist/server.js"]

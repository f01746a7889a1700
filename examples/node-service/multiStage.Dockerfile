FROM node:24-trixie-slim AS packages
WORKDIR /app
COPY app/package.json app/package-lock.json ./
RUN --mount=type=cache,id=npm,target=/root/.npm \
    --mount=type=secret,id=npmrc,target=/root/.npmrc,required=false \
    npm ci --omit=dev

FROM node:24-trixie-slim
WORKDIR /app
ENV NODE_ENV=production
COPY --from=packages /app/node_modules ./node_modules
COPY app/server.js ./
USER 65532
CMD ["node", "server.js"]

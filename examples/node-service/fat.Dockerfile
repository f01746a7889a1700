FROM node:24-trixie-slim
WORKDIR /app
COPY app/ ./
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc,required=false npm install
CMD ["node", "server.js"]

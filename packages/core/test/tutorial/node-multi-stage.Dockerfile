FROM node:18 AS build
WORKDIR /app
COPY package*.json .
RUN npm install
COPY . .

FROM node:18-alpine
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app .
CMD ["node", "index.js"]

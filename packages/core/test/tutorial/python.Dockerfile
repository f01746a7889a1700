FROM ubuntu
RUN apt update && apt install -y python3 pip
COPY . .
RUN pip install -r requirements.txt
CMD ["python3", "app.py"]

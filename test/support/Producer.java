// Sends lines of standard input as messages with Kafka's own Java producer: brokers, topic, compression type and bytes a batch are its arguments.
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Properties;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

public class Producer {
  public static void main(String[] args) throws Exception {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", args[0]);
    settings.put("compression.type", args[2]);
    settings.put("batch.size", args[3]);
    settings.put("linger.ms", "500");
    settings.put("max.request.size", "10000000");
    settings.put("key.serializer", "org.apache.kafka.common.serialization.StringSerializer");
    settings.put("value.serializer", "org.apache.kafka.common.serialization.StringSerializer");
    ArrayList<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split("\t", 3);
        String key = parts[1].isEmpty() ? null : parts[1];
        sent.add(producer.send(new ProducerRecord<>(args[1], Integer.parseInt(parts[0]), key, parts[2])));
      }
      producer.flush();
      for (Future<RecordMetadata> each : sent) each.get();
    }
    System.out.println(sent.size());
  }
}

package com.example.orders.web;

import com.example.orders.service.CustomerDesk;
import java.io.IOException;
import java.io.InputStream;
import lombok.RequiredArgsConstructor;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@RestController
@RequiredArgsConstructor
public class Uploads {

  private final CustomerDesk desk;

  @PostMapping("/uploads/part")
  public int part(@RequestParam("file") MultipartFile file) throws IOException {
    return desk.storeStream(file.getInputStream());
  }

  @PostMapping("/uploads/part-bytes")
  public int partBytes(@RequestParam("file") MultipartFile file) throws IOException {
    return desk.storeBytes(file.getBytes());
  }

  @PostMapping("/uploads/stream")
  public int stream(InputStream content) throws IOException {
    return desk.storeStream(content);
  }

  @PostMapping("/uploads/bytes")
  public int bytes(@RequestBody byte[] content) {
    return desk.storeBytes(content);
  }
}

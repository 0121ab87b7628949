/** The commonest passwords of twelve characters or more, in small letters (shorter ones are refused as they are). */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `123456789012 1234567890123 12345678901234 123456789012345 1234567890123456 123456123456 123456654321 123123123123
  123321123321 112233445566 111111111111 111222333444 000000000000 222222222222 555555555555 666666666666 777777777777
  888888888888 999999999999 012345678910 098765432109 098765432112 987654321098 123454321234 147258369147 147852369147
  qwertyuiopas qwertyuiop12 qwertyuiop123 qwertyuiop1234 qwertyuiop[] qwertyuiopasdfgh qwertyuiopasdfghjkl
  qwertyqwerty qwerty123456 qwerty1234567 qwerty12345678 qwerty123qwerty 123456qwerty 123qwe123qwe 1234qwer1234
  1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw23edc zaq12wsxcde3 zaq1xsw2cde3
  q1w2e3r4t5y6 qazwsxedcrfv qazwsx123456 asdfghjkl123 asdfghjkl123456 asdfasdfasdf asdfghasdfgh zxcvbnmasdfgh
  zxcvbnm12345 zxcvbnm123456 abcdefghijkl abcdefghijklm abcdefghijklmnop abcd12345678 abc123456789 abcdef123456
  abcabcabcabc abc123abc123 aaaaaaaaaaaa aa1234567890 a12345678901 a1b2c3d4e5f6 passwordpassword password1234
  password12345 password123456 password123! password2024 password2025 password2026 mypassword123 passw0rd1234
  p@ssword1234 p@ssw0rd1234 p@ssw0rd12345 changemeplease changeme1234 letmein12345 letmein123456 welcome12345
  welcome123456 adminadmin12 administrator admin1234567 admin12345678 superman1234 football1234 baseball1234
  princess1234 sunshine1234 iloveyou1234 iloveyou12345 iloveyou123456 iloveyouforever iloveyoubaby ihateyou1234
  manchesterunited liverpoolfc1 arsenal12345 dragonball12 michaeljordan samsung12345 computer1234 internet1234
  trustno1trustno1 testtesttest test12345678 test1234test1234 secret123456 correcthorsebatterystaple action48action48`
    .trim()
    .split(/\s+/),
);

{ The control API of the terminal in software, as much of it as the tests need. The sockets are declared here, because
  the compilers differ in the units that have them. }
unit Simulator;

{$I ComgateTerminal.inc}

interface

var
  ControlPort: Word;

{ Asks the control API and gives the body of its answer; raises an exception where it does not agree. }
function Control(const Method, Path, Body: UTF8String): UTF8String;

procedure Tap;
procedure Personality(const Switch, Value: UTF8String);
{ How many charges of an amount in minor units the terminal has in its ledger. }
function Charges(Minor: Integer): Integer;
{ How many requests of this kind have reached the terminal. }
function Requests(const Endpoint: UTF8String): Integer;
{ A text in the result of a sale, as the terminal itself says it on its own port, without the library. }
function ResultText(Port: Word; const TransactionId, Field: UTF8String): UTF8String;

implementation

uses
  SysUtils;

type
  TSocket = {$IFDEF MSWINDOWS}{$IFDEF CPUX64}Int64{$ELSE}Integer{$ENDIF}{$ELSE}Integer{$ENDIF};

  TAddress = record
    Family, Port: Word;
    Host: Cardinal;
    Zero: Int64;
  end;

{$IFDEF MSWINDOWS}
const
  SOCKETS = 'ws2_32.dll';

function WSAStartup(Version: Word; Data: Pointer): Integer; stdcall; external SOCKETS;
function socket(Family, Kind, Protocol: Integer): TSocket; stdcall; external SOCKETS;
function connect(Handle: TSocket; Address: Pointer; Size: Integer): Integer; stdcall; external SOCKETS;
function send(Handle: TSocket; Data: Pointer; Size, Flags: Integer): Integer; stdcall; external SOCKETS;
function recv(Handle: TSocket; Data: Pointer; Size, Flags: Integer): Integer; stdcall; external SOCKETS;
function closesocket(Handle: TSocket): Integer; stdcall; external SOCKETS;
{$ELSE}
{$LINKLIB c}
function socket(Family, Kind, Protocol: Integer): TSocket; cdecl; external;
function connect(Handle: TSocket; Address: Pointer; Size: Integer): Integer; cdecl; external;
function send(Handle: TSocket; Data: Pointer; Size: PtrUInt; Flags: Integer): PtrInt; cdecl; external;
function recv(Handle: TSocket; Data: Pointer; Size: PtrUInt; Flags: Integer): PtrInt; cdecl; external;
function closesocket(Handle: TSocket): Integer; cdecl; external name 'close';
{$ENDIF}

function Open(Port: Word): TSocket;
const
  INTERNET = 2;
  STREAM = 1;
  LOCALHOST = $0100007F;
var
  Address: TAddress;
begin
  Result := socket(INTERNET, STREAM, 0);
  Address.Family := INTERNET;
  Address.Port := Swap(Port);
  Address.Host := LOCALHOST;
  Address.Zero := 0;
  if connect(Result, @Address, SizeOf(Address)) <> 0 then
    raise Exception.Create('the simulator does not answer');
end;

{ Where the whole answer ends; the connection stays open. }
function EndOf(const Answer: UTF8String): Integer;
const
  LENGTH_OF_BODY = 'Content-Length: ';
var
  Head, Start: Integer;
  Digits: string;
begin
  Result := MaxInt;
  Head := Pos(UTF8String(#13#10#13#10), Answer);
  if Head = 0 then
    Exit;
  Start := Pos(UTF8String(LENGTH_OF_BODY), Answer);
  Digits := string(Copy(Answer, Start + Length(LENGTH_OF_BODY), 20));
  Result := Head + 3 + StrToInt(Copy(Digits, 1, Pos(#13, Digits) - 1));
end;

function ReadAll(Handle: TSocket): UTF8String;
var
  Buffer: array [0..8191] of AnsiChar;
  Piece: UTF8String;
  Count: Integer;
begin
  Result := '';
  repeat
    Count := recv(Handle, @Buffer, SizeOf(Buffer), 0);
    if Count <= 0 then
      raise Exception.Create('the simulator breaks off');
    SetString(Piece, PAnsiChar(@Buffer), Count);
    Result := Result + Piece;
  until Length(Result) >= EndOf(Result);
end;

function Ask(Port: Word; const Method, Path, Body: UTF8String): UTF8String;
var
  Handle: TSocket;
  Request, Answer: UTF8String;
begin
  Request := Method + ' ' + Path + ' HTTP/1.1'#13#10'Host: 127.0.0.1'#13#10'Connection: close'#13#10'Content-Length: ' +
    UTF8String(IntToStr(Length(Body))) + #13#10#13#10 + Body;
  Handle := Open(Port);
  try
    send(Handle, PAnsiChar(Request), Length(Request), 0);
    Answer := ReadAll(Handle);
  finally
    closesocket(Handle);
  end;
  if Copy(Answer, 1, 12) <> 'HTTP/1.1 200' then
    raise Exception.Create('the simulator does not agree: ' + string(Answer));
  Result := Copy(Answer, Pos(UTF8String(#13#10#13#10), Answer) + 4, Length(Answer));
end;

function Control(const Method, Path, Body: UTF8String): UTF8String;
begin
  Result := Ask(ControlPort, Method, Path, Body);
end;

procedure Tap;
begin
  Control('POST', '/screen', '{"action":"tap"}');
end;

procedure Personality(const Switch, Value: UTF8String);
begin
  Control('POST', '/personality', '{"' + Switch + '":' + Value + '}');
end;

function Times(const Wanted: UTF8String; Rest: UTF8String): Integer;
var
  Found: Integer;
begin
  Result := 0;
  Found := Pos(Wanted, Rest);
  while Found > 0 do
  begin
    Inc(Result);
    Rest := Copy(Rest, Found + 1, Length(Rest));
    Found := Pos(Wanted, Rest);
  end;
end;

function Charges(Minor: Integer): Integer;
var
  Rest, Wanted: UTF8String;
begin
  Rest := Control('GET', '/state', '');
  // The list of charges ends with the first square bracket: a charge has no list in it.
  Rest := Copy(Rest, Pos(UTF8String('"charges":['), Rest), Length(Rest));
  Rest := Copy(Rest, 1, Pos(UTF8String(']'), Rest));
  Wanted := '"amount":' + UTF8String(IntToStr(Minor)) + ',';
  Result := Times(Wanted, Rest);
end;

function Requests(const Endpoint: UTF8String): Integer;
begin
  Result := Times('"endpoint":"' + Endpoint + '"', Control('GET', '/requests', ''));
end;

function ResultText(Port: Word; const TransactionId, Field: UTF8String): UTF8String;
var
  Name: UTF8String;
  Found: Integer;
begin
  Result := Ask(Port, 'POST', '/paya/result', '{"secureString":"27924505","transactionId":"' + TransactionId + '"}');
  Name := '"' + Field + '":"';
  Found := Pos(Name, Result);
  if Found = 0 then
    raise Exception.Create('the terminal does not say ' + string(Field) + ': ' + string(Result));
  Result := Copy(Result, Found + Length(Name), Length(Result));
  Result := Copy(Result, 1, Pos(UTF8String('"'), Result) - 1);
end;

{$IFDEF MSWINDOWS}
var
  SocketsData: array [0..1023] of Byte;

initialization
  WSAStartup($0202, @SocketsData);
{$ENDIF}

end.

{ Asks a terminal who it is, whether it knows this register's password, and whether it reaches its bank.

    StatusDemo HOST PORT JOURNAL [--simulator] }
program StatusDemo;

{$APPTYPE CONSOLE}

uses
  {$IFDEF UNIX}cwstring,{$ENDIF}
  SysUtils, ComgateTerminal, DemoTill;

procedure Run;
var
  Terminal: TComgateTerminal;
  Info: TComgateInfo;
begin
  Terminal := OpenTerminal;
  try
    Info := Terminal.Status;
    Say('terminal ' + Info.Id + ', version ' + Info.Version + ' at ' + Info.BasePath);
    if Info.Online then
      Say('it is online')
    else
      Say('it is not online: ' + Info.OnlineStatus);
  finally
    Terminal.Free;
  end;
end;

begin
  try
    Run;
  except
    on E: Exception do
      ExitCode := TellError(E);
  end;
end.
